"""Deeds to schemes, economies and scenarios; each is one event of the log."""

from socle_web.schemes.actions.drafting import Stale, change, enter, save, withdraw
from socle_web.schemes.actions.loading import Loaded, load
from socle_web.schemes.actions.scenarios import save_scenario, share_scenario, take_back_scenario
from socle_web.schemes.actions.workflow import Incomplete, publish, send_back, submit, verify

__all__ = [
    "Incomplete", "Loaded", "Stale", "change", "enter", "load", "publish", "save", "save_scenario", "send_back", "share_scenario",
    "submit", "take_back_scenario", "verify", "withdraw",
]
