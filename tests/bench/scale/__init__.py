"""Pages at scale: the desk and a plain Django admin on the same rows, in the same run."""
