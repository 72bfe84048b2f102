"""How well the rules are exercised: what the examples of a rule book show, and which changed rules they notice.

Coverage says what was seen; mutation says what would be noticed. Neither says that a rule is right.
"""
