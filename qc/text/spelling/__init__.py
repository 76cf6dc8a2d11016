"""Vietnamese spelling: the checks `mistakes` here and `orthography` beside it, and their engine."""
