"""A plain Django admin on the tables of the desk: what `make bench-scale` is compared with."""
