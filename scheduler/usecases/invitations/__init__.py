"""Invitations to meetings by mail, for those who chose them and for rooms."""
