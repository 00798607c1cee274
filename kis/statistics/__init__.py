"""Statistics for supervisors and headquarters: counted in the background, read only."""
