"""Exact quantities: their kinds, the units people write them in, how they are read, and how they are said again.

Every number here is an ``int`` or a ``fractions.Fraction``; no binary float is made anywhere. What is read is an
interval, because people answer "4 to 7 kg" as readily as "6 kg". Nothing here knows about files, questions or rules:
a caller that has a place adds it to the :class:`~jerules.quantities.misread.Misread` that it catches.
"""
