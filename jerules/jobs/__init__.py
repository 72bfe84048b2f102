"""Jobs as their panel describes them: the model, loading a job file, and writing a blank questionnaire.

Answers are checked for kind and range here; what follows from them is the engine's work.
"""
