"""Permanent residence (F-5): the rule book of the guide of May 2025."""
