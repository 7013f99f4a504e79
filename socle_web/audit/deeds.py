"""The deeds the log knows, in words. A room that does something new adds its word here and in docs/reference/deeds.md."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: Mapping[str, str | Promise] = {
    "load": _("loaded a file"), "enter": _("began an entry"), "save": _("saved an entry"),
    "catch_up": _("compared an entry with what is published now"), "attach": _("attached a document"),
    "detach": _("took a document off"), "submit": _("submitted"), "return": _("returned"), "verify": _("verified"),
    "withdraw": _("withdrew"), "publish": _("published"), "adopt": _("adopted"), "upload": _("brought a workbook"),
    "accept_upload": _("took over a workbook"), "discard_upload": _("threw a workbook away"), "lock": _("locked a period"),
    "unlock": _("unlocked a period"), "comment": _("commented"), "retract": _("took a comment back"),
    "plan_round": _("planned a reporting round"), "change_owner": _("changed who answers for a country"),
    "complete_round": _("said that a country is complete"), "reopen_round": _("reopened a country"),
    "close_round": _("closed a reporting round"), "delegate": _("named a deputy"), "end_delegation": _("ended an absence"),
    "remind": _("sent reminders"), "invite": _("invited"), "accept_invitation": _("accepted an invitation"),
    "give_role": _("gave a role"), "give_mandate": _("gave a mandate"),
    "take_mandate": _("took a mandate away"), "deactivate": _("closed an account"), "give_token": _("let a system in"),
    "revoke_token": _("ended a system's access"), "sign_in": _("signed in"), "sign_out": _("signed out"),
    "sign_in_failed": _("failed to sign in"), "locked_out": _("was locked out"), "end_session": _("ended a session"),
    "password_changed": _("changed the password"), "password_reset": _("set a new password"),
    "mfa_added": _("set up a second factor"), "mfa_removed": _("removed the second factor"),
    "recovery_codes_made": _("made recovery codes"), "single_sign_on_added": _("connected an organisation's account"),
    "export": _("took a copy"), "withdraw_scheme": _("withdrew a published scheme"), "save_scenario": _("kept a scenario"),
    "share_scenario": _("shared a scenario"), "take_back_scenario": _("took a scenario back"),
    "enter_measure": _("entered a policy measure"), "import_measures": _("brought a file of policy measures"),
    "save_measure": _("saved a policy measure"), "verify_measure": _("verified a policy measure"),
    "publish_measure": _("published a policy measure"), "withdraw_measure": _("withdrew a policy measure"),
    "release_edition": _("released an edition of figures"), "take_back_edition": _("took an edition back"),
    "open_inquiry_round": _("opened an inquiry round"), "ask_country": _("asked a country"),
    "close_inquiry_round": _("closed an inquiry round"), "remind_inquiry": _("reminded a country of its inquiry"),
    "bring_inquiry": _("brought a file for an inquiry"), "take_over_inquiry": _("took over a file that was kept apart"),
    "answer_finding": _("said something about a finding"), "accept_finding": _("accepted a warning, with a reason"),
    "settle_query": _("settled a query"), "ask_again": _("asked again"), "query_inquiry": _("asked about an inquiry"),
    "submit_inquiry": _("submitted an inquiry"), "validate_inquiry": _("validated an inquiry"),
    "publish_inquiry": _("published an inquiry"), "withdraw_inquiry": _("withdrew an inquiry"),
}


def in_words(deed: str) -> str:
    return str(WORDS.get(deed, deed))
