"""The reference evaluator: three-valued, exact, independent of order; its answer is the one that counts.

It does not know the durable-rules evaluator.
"""
