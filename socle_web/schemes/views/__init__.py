"""Pages of schemes, of the studio and of what is on its way."""
