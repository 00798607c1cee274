"""Dated reference figures and country tables, kept by headquarters."""
