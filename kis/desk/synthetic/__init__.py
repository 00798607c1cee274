"""Synthetic dossiers from a seed: invented people on both sides of the boundaries of every category."""

from kis.desk.synthetic.composition import dossier, dossiers, recipes

__all__ = ["dossier", "dossiers", "recipes"]
