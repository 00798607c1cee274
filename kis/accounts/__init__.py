"""Accounts of officers: sign-in, sessions, roles."""
