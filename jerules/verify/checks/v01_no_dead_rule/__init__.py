"""V1: no rule and no definition of a term that no job can ever meet."""
