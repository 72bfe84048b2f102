"""V13: a tool raises a level and never lowers one, and only where it is carried."""
