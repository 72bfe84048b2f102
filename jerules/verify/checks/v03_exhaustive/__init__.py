"""V3: no case that a scale leaves out, no job without a level, and no combination that only `otherwise` decides."""
