"""V0: no question that can be answered in one way only, no record without entries, some job at all."""
