"""Subscriptions: who may fetch which calendar, and what is in it."""
