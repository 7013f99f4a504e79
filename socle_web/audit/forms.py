"""What may be asked of the log."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from socle_web.audit.deeds import in_words


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, required=False, input_formats=["%Y-%m-%d"],
                           widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
                           error_messages={"invalid": _("Write a day as 2023-12-31.")})


class LogFilter(forms.Form):
    by = forms.CharField(label=_("Person"), required=False, max_length=150)
    deed = forms.ChoiceField(label=_("Deed"), required=False)
    subject = forms.CharField(label=_("Record"), required=False, max_length=2_000,
                              widget=forms.TextInput(attrs={"placeholder": "impacts:KEY"}))
    since = _day(_("From"))
    until = _day(_("To"))
    older = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    newer = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, asked: Any, *, deeds: list[str]) -> None:
        super().__init__(asked, label_suffix="")
        self.use_required_attribute = False
        field = cast(forms.ChoiceField, self.fields["deed"])
        field.choices = [("", _("Any")), *((deed, in_words(deed)) for deed in deeds)]
        field.error_messages["invalid_choice"] = _("Nothing is recorded under “%(value)s”.")

    @property
    def asked(self) -> dict[str, Any]:
        """The filters that are set and make sense, as ``queries.log`` takes them."""
        self.is_valid()
        given = self.cleaned_data
        kind, _colon, key = (given.get("subject") or "").partition(":")
        since, until = given.get("since"), given.get("until")
        return {
            "by": given.get("by") or "", "deed": given.get("deed") or "", "kind": kind, "key": key,
            "since": since and datetime.combine(since, time(), UTC),
            "until": until and datetime.combine(until, time(), UTC) + timedelta(days=1),
        }

    @property
    def words(self) -> dict[str, str]:
        """The filters that are set and make sense, as they are written in an address."""
        self.is_valid()
        return {name: str(value) for name, value in self.cleaned_data.items() if value and name not in ("older", "newer")}


class AtInstant(forms.Form):
    """"As it was at": the state of a record at an instant (of UTC)."""

    at = forms.DateTimeField(
        label=_("As it was at (UTC)"), required=False,
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%S.%f", "%Y-%m-%d"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local", "step": "any"}, format="%Y-%m-%dT%H:%M:%S"),
        error_messages={"invalid": _("Write an instant as 2023-12-31T12:00.")})
