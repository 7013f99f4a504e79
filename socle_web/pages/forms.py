"""What may be asked in an address."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from socle.vocabulary import BRANCHES, COUNTRIES, IMPACT_KINDS, REGIONS, STEPS, THEMES, CodeList, fold

Choices = Sequence[tuple[str, str]]


class ResultsFilter(forms.Form):
    """Filters of the results browser. Only what is recorded is offered; an unknown value is an error that says so."""

    country = forms.ChoiceField(label=_("Country"), required=False)
    region = forms.ChoiceField(label=_("Region"), required=False)
    year = forms.ChoiceField(label=_("Year"), required=False)
    step = forms.ChoiceField(label=_("Step"), required=False)
    kind = forms.ChoiceField(label=_("Kind of impact"), required=False)
    branch = forms.ChoiceField(label=_("Branch"), required=False)
    theme = forms.ChoiceField(label=_("Theme"), required=False)
    partner = forms.ChoiceField(label=_("Partner"), required=False)

    def __init__(self, asked: Any, *, countries: Iterable[str], years: Iterable[int], partners: Choices) -> None:
        super().__init__(asked, label_suffix="")
        self.use_required_attribute = False
        offered: dict[str, Choices] = {
            "country": sorted(((code, COUNTRIES[code].name()) for code in countries), key=lambda pair: fold(pair[1])),
            "region": _labels(REGIONS),
            "year": [(str(year), str(year)) for year in years],
            "step": _labels(STEPS),
            "kind": _labels(IMPACT_KINDS),
            "branch": _labels(BRANCHES),
            "theme": _labels(THEMES),
            "partner": partners,
        }
        for name, choices in offered.items():
            field = cast(forms.ChoiceField, self.fields[name])
            field.choices = [("", _("Any")), *choices]
            field.error_messages["invalid_choice"] = _("Nothing is recorded under “%(value)s”.")

    @property
    def asked(self) -> dict[str, str]:
        """The filters that are set and make sense."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def active(self) -> list[tuple[str, str, str]]:
        """Name, label and words of every filter that is set. Words that begin with the label (“Step 2”) need none."""
        told = [(name, str(self.fields[name].label), str(dict(self.fields[name].choices)[value]))  # type: ignore[attr-defined]
                for name, value in self.asked.items()]
        return [(name, "" if fold(words).startswith(fold(label)) else label, words) for name, label, words in told]


class AsOf(forms.Form):
    """"As reported on": only what was recorded by that day."""

    as_of = forms.DateField(label=_("As reported on"), required=False, input_formats=["%Y-%m-%d"],
                            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
                            error_messages={"invalid": _("Write a day as 2023-12-31.")})


def _labels(codes: CodeList) -> Choices:
    return [(code.code, code.label()) for code in codes.values()]
