"""V19: all readings of the rules find the same."""
