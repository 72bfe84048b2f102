"""V10: every level of the scheme's factors, and every letter of a level, is the outcome of some job."""
