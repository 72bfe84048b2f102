"""Job-evaluation guidance as rules: suggested levels, their reasons, and what is still to ask.

The packages below form one staircase, from reading files up to the command line; `docs/architecture.md` has the
drawing. Nothing is imported here, so that every command starts fast.
"""

__version__ = "0.1.0"
