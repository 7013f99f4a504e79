"""Deeds: each is one transaction and one event of the log."""
