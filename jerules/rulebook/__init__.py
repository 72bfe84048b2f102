"""The rule book: rules checked against their scheme, typed, frozen, with places and citations.

Everything downstream reads this and nothing else of a rule file; nothing is evaluated here.
"""
