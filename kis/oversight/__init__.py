"""What auditors look at: the audit chain, the access log, who may do what, and whether all is whole."""
