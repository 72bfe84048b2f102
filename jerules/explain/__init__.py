"""From an outcome to its explanation: proof trees, why not the next level, and open questions.

Nothing is decided here, and nothing is laid out for a screen or a page.
"""
