"""The durable-rules evaluator: a rule book compiled to flat rules, driven inside the fragment that was tested.

It does not know the reference evaluator; the two are compared one level up.
"""
