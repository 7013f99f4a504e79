"""What an administrator fills in about people and systems."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from socle_web.accounts.roles import ROLES
from socle_web.places.queries import countries_by_region


class Countries(forms.MultipleChoiceField):
    """Tick boxes under the regions; read when the form is made, in the reader's language."""

    widget = forms.CheckboxSelectMultiple


class Scoped(forms.Form):
    countries = Countries(label=_("Countries"), required=False)

    def __init__(self, sent: Any = None, *, initial: Any = None) -> None:
        super().__init__(sent, label_suffix="", initial=initial)
        self.regions = countries_by_region()
        self.fields["countries"].choices = [pair for _region, listed in self.regions for pair in listed]  # type: ignore[attr-defined]

    @property
    def ticked(self) -> set[str]:
        return set(self["countries"].value() or ())

    @property
    def offered(self) -> list[tuple[str, bool, list[tuple[str, str, bool]]]]:
        """For each region: its name, whether something in it is ticked, and its countries."""
        ticked = self.ticked
        return [(region, any(code in ticked for code, _name in listed), [(code, name, code in ticked) for code, name in listed])
                for region, listed in self.regions]


class Inviting(Scoped):
    email = forms.EmailField(label=_("E-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    role = forms.ChoiceField(label=_("Role"), choices=[(role.code, role.label) for role in ROLES.values()], initial="contributor")
    field_order = ("email", "role", "countries")


class GivingRole(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=[(role.code, role.label) for role in ROLES.values()])
    reason = forms.CharField(label=_("Why (kept in the log)"), required=False, max_length=500)

    def __init__(self, sent: Any = None, *, initial: Any = None) -> None:
        super().__init__(sent, label_suffix="", initial=initial)


class Closing(forms.Form):
    reason = forms.CharField(label=_("Why (kept in the log)"), required=False, max_length=500)

    def __init__(self, sent: Any = None, *, initial: Any = None) -> None:
        super().__init__(sent, label_suffix="", prefix="closing", initial=initial)


class GivingToken(Scoped):
    name = forms.CharField(label=_("Name of the system"), min_length=2, max_length=100,
                           widget=forms.TextInput(attrs={"autocomplete": "off"}))
    may_write = forms.BooleanField(label=_("May enter records, as drafts"), required=False, initial=True)
    field_order = ("name", "may_write", "countries")
