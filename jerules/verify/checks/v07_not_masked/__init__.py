"""V7: no level rule that can never decide, because a higher level is reached whenever it holds."""
