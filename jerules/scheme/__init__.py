"""Schemes as data: their factors, levels, option letters, points and bands, and the arithmetic on them.

Here live the frozen scheme that everything else reads, its loading and checking from ``schemes/``, the reading of
levels as people write them, and the score. What the levels *mean* does not live here: that is the rule book's.
Nothing is printed here: that is the report's.
"""
