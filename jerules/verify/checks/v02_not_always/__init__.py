"""V2: no rule that holds for every job, and no definition that everything meets."""
