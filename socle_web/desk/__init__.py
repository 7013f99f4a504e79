"""The side where people work: what is due, what waits for whom, and what was said. Refers to records by kind and key."""
