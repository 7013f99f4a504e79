"""Version 1: an endpoint a file. Names and meanings stay; what is added does not change what is there."""
