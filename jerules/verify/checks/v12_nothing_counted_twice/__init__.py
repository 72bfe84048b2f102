"""V12: no evidence is credited twice unless the guidance allows it."""
