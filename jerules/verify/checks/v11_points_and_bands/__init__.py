"""V11: points rise with the level, and every total that can be reached has one band."""
