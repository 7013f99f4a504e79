"""Deeds: each is one transaction and one event of the log."""

from socle_web.results.actions.adopting import adopt
from socle_web.results.actions.attaching import attach, detach
from socle_web.results.actions.beginning import begin
from socle_web.results.actions.catching_up import catch_up
from socle_web.results.actions.entering import Stale, change, enter, keep_typing, save, withdraw, withdraw_all
from socle_web.results.actions.errands import begin_errand, run_errand, stop_errand
from socle_web.results.actions.loading import LoadResult, digest, load
from socle_web.results.actions.locking import lock, unlock
from socle_web.results.actions.mandates import give_project, take_project
from socle_web.results.actions.uploading import discard_upload, upload
from socle_web.results.actions.workflow import Incomplete, examine, publish, send_back, submit, verify

__all__ = [
    "Incomplete", "LoadResult", "Stale", "adopt", "attach", "begin", "begin_errand", "catch_up", "change", "detach",
    "digest", "discard_upload", "enter", "examine", "give_project", "keep_typing", "load", "lock", "publish",
    "run_errand", "save", "send_back", "stop_errand", "submit", "take_project", "unlock", "upload", "verify", "withdraw",
    "withdraw_all",
]
