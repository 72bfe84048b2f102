"""What is proved about a rule book: that its rules leave no gap, do not conflict, and are fair to more demand.

Each obligation is a folder under ``checks``. Two procedures decide them, exact cells (``cells``) and a solver
(``solver``); a refutation comes with a witness, a concrete job that the ordinary evaluators confirm. Nothing here moves
a level, and no rule of a scheme lives here.
"""
