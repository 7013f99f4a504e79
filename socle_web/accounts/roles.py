"""Roles as code: who may do what, and the same in words.

A role says *what* a person may do; *where* is a row: a mandate for a country (places) or for a project (results). A person has
one role. No role both runs the accounts and touches facts.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise

ENTERING = frozenset({"enter", "submit", "withdraw", "comment", "import", "attach", "delegate"})
CHECKING = frozenset({"verify", "return", "adopt", "comment", "delegate"})
DEEDS = ENTERING | CHECKING | {
    "publish", "lock", "unlock", "respond", "update_action", "plan_round", "complete_round", "see_board", "see_audit",
    "invite", "give_role", "give_mandate", "give_token",
}


@dataclass(frozen=True, slots=True)
class Role:
    """``says`` are sentences for people; ``may`` are the deeds the code asks for. ``everywhere`` needs no mandate."""

    code: str
    label: Words
    summary: Words
    says: tuple[Words, ...]
    may: frozenset[str] = frozenset()
    everywhere: bool = False
    two_factors: bool = False


READER = Role(
    "reader", _("Reader"), _("Reads what is published, like everyone."),
    (_("Reads everything that is published."),
     _("Sees no drafts, and changes nothing.")),
)
CONTRIBUTOR = Role(
    "contributor", _("Contributor"), _("Enters the results of certain countries and projects."),
    (_("Enters and corrects records of the countries and projects given to this person."),
     _("Imports a workbook of records, and attaches evidence to them."),
     _("Submits entries to be verified, and withdraws them while they are not published."),
     _("Comments on entries, and names a colleague to act during an absence."),
     _("Never verifies what they typed themselves.")),
    ENTERING,
)
FOCAL_POINT = Role(
    "focal_point", _("Focal point"), _("Answers for what a country reports."),
    (_("Does what a contributor does."),
     _("Says how far the actions after an evaluation are."),
     _("Says that their country's reporting round is complete.")),
    ENTERING | {"update_action", "complete_round"},
)
VERIFIER = Role(
    "verifier", _("Verifier"), _("Checks what others entered against the evidence."),
    (_("Sees the entries of every country."),
     _("Verifies what somebody else typed, or returns it with a reason."),
     _("Adopts imported records after checking them."),
     _("Comments on entries, and names a colleague to act during an absence."),
     _("Does not publish.")),
    CHECKING, everywhere=True,
)
PROGRAMME_MANAGER = Role(
    "programme_manager", _("Programme manager"), _("Answers for what the programme publishes."),
    (_("Publishes what was verified."),
     _("Verifies what somebody else typed, or returns it with a reason; adopts imported records."),
     _("Enters records of any country, or brings a workbook of them, which somebody else verifies."),
     _("Locks and unlocks reporting periods, with a reason."),
     _("Plans reporting rounds, and sees how complete and fresh each country is."),
     _("Answers the recommendations of evaluations, and follows the actions."),
     _("Reads the record of what was done."),
     _("Signs in with a second factor.")),
    CHECKING | {"publish", "lock", "unlock", "respond", "update_action", "plan_round", "see_board", "see_audit",
                "enter", "submit", "withdraw", "attach", "import"},
    everywhere=True, two_factors=True,
)
ADMINISTRATOR = Role(
    "administrator", _("Administrator"), _("Looks after the accounts, and touches no record."),
    (_("Invites people, gives them a role, and says for which countries and projects they act."),
     _("Closes accounts, and gives other systems their access."),
     _("Reads the record of what was done."),
     _("Enters, verifies and publishes nothing: who gives access does not use it."),
     _("Signs in with a second factor.")),
    frozenset({"invite", "give_role", "give_mandate", "give_token", "see_audit"}), two_factors=True,
)

ROLES: dict[str, Role] = {
    role.code: role for role in (READER, CONTRIBUTOR, FOCAL_POINT, VERIFIER, PROGRAMME_MANAGER, ADMINISTRATOR)
}
