"""From a rule book and a job to an outcome: verdicts, the two evaluators, and the resolution of candidates.

The engine decides and keeps what it met on the way; there is no wording for people here.
"""
