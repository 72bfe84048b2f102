"""V14: the definitions of terms rest on questions in the end, and never on themselves."""
