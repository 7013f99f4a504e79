"""Deeds: each is one transaction and one event of the log."""

from socle_web.results.actions.loading import LoadResult, digest, load

__all__ = ["LoadResult", "digest", "load"]
