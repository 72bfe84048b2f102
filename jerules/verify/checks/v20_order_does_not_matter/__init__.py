"""V20: the order of rules and of answers does not matter."""
