"""What was done, by whom, why. Kept by name and never by key: an event outlives what it speaks of."""
