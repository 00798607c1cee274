"""The Service's divisions, offices, branch offices and windows, and its calendar."""
