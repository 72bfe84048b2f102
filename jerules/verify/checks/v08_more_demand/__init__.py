"""V8: more of a demand never lowers the level."""
