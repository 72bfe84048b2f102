"""How a job's levels compare with profiles: a profile match, a band match, or no match, and what each turns on.

A profile is a file of the user's; none comes with jerules. Nothing here is laid out for a screen or a page.
"""
