"""Back office of the Korea Immigration Service."""
