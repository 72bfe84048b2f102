"""Safe reading and writing of files: text with places, YAML and JSON as a located tree, atomic writes.

Nothing here knows what a file means; no rule, scheme or job is interpreted, and no value is converted.
"""
