"""V9: no question whose answer changes nothing."""
