"""V21: what is not binding moves no level against what is."""
