"""The command line: arguments in, the right package called, exit codes out.

No rule of the trade lives here; a command is a few lines around the packages below.
"""
