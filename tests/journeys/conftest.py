"""Fixtures of the journeys; this file is also read where there is no Django and no browser."""

from tests.journeys.browser import chromium, loaded, programme, site, visit

__all__ = ["chromium", "loaded", "programme", "site", "visit"]
