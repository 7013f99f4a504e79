"""Deeds of the desk: each is one transaction and one event of the log."""

from socle_web.desk.actions.absences import delegate, end_delegation
from socle_web.desk.actions.comments import comment, retract
from socle_web.desk.actions.looking import look
from socle_web.desk.actions.reminding import remind
from socle_web.desk.actions.rounds import change_owner, close_round, complete_round, plan_round, reopen_round

__all__ = [
    "change_owner", "close_round", "comment", "complete_round", "delegate", "end_delegation", "look", "plan_round", "remind",
    "reopen_round", "retract",
]
