"""The append-only chain of what was done, and the log of who read personal data."""
