"""The platform: what was done, for whom, by whom, and who checked it."""
