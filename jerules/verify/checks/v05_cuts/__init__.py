"""V5: no value that two places cut to different sides, or that falls between two rungs, or on both."""
