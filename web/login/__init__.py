"""Logging in and out, and the gates that pages stand behind."""
