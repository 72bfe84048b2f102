"""V4: rungs of a scale apart or one within the other, no floor above a cap, no level closed whenever its rule holds."""
