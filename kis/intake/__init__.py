"""Intake: an application comes in by form, by a dossier file or from the shell, and becomes a case."""
