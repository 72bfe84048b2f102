"""The rule language as text: layout, grammar, syntax tree with places, parser and formatter.

Names and units are not checked here; that is the rule book's work.
"""
