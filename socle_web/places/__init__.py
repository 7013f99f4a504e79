"""Countries: the scope of every question."""
