"""The results chain as it is remembered: rows, deeds, questions, and the bridge to the library that adds up."""
