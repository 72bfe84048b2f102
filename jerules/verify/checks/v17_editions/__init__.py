"""V17: every job has the same level by this rule book as by another one, where another one is given."""
