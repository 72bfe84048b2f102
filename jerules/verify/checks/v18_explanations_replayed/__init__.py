"""V18: what an explanation shows is enough, and none of it is too much."""
