"""What may be asked of the register, and what is typed into it."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from socle.errors import InputError
from socle.vocabulary import COUNTRIES, REGIONS, Period, fold
from socle_web.accounts.permissions import Person
from socle_web.coverage.actions.measures import Announced
from socle_web.coverage.measure_queries import COUNTED_BY, Asked
from socle_web.coverage.models.measures import DIMENSIONS
from socle_web.places.models import Country
from socle_web.places.permissions import countries_of

LABELS = {
    "region": _("Region"), "country": _("Country"), "year": _("Year"), "scheme_type": _("Type of scheme"),
    "component": _("Component of the floor"), "function": _("Function"), "direction": _("Direction"), "kind": _("Kind"),
    "measure_type": _("Type of measure"),
}
LARGEST_FILE = 5_000_000


def _labels(words: Any) -> list[tuple[str, str]]:
    return [(code.code, code.label()) for code in words.values()]


class Search(forms.Form):
    """Filters of the register, and by what its measures are counted. An unknown value is an error that says so."""

    q = forms.CharField(label=_("Words"), required=False, max_length=200)
    first = forms.IntegerField(label=_("From year"), required=False, min_value=1900, max_value=2100)
    last = forms.IntegerField(label=_("To year"), required=False, min_value=1900, max_value=2100)
    by = forms.ChoiceField(label=_("Count by"), required=False, initial="direction")
    beside = forms.ChoiceField(label=_("and by"), required=False)

    def __init__(self, asked: Any, *, countries: list[str]) -> None:
        super().__init__(asked, label_suffix="")
        self.use_required_attribute = False
        offered = {"country": sorted(((code, COUNTRIES[code].name()) for code in countries), key=lambda pair: fold(pair[1])),
                   "region": _labels(REGIONS), **{name: _labels(words) for name, words in DIMENSIONS.items()}}
        for name, choices in offered.items():
            self.fields[name] = forms.ChoiceField(label=LABELS[name], required=False, choices=[("", _("Any")), *choices])
        counted = [(name, LABELS[name]) for name in COUNTED_BY]
        cast(forms.ChoiceField, self.fields["by"]).choices = counted
        cast(forms.ChoiceField, self.fields["beside"]).choices = [("", _("nothing else")), *counted]
        self.order_fields(["q", "region", "country", "first", "last", *DIMENSIONS, "by", "beside"])

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("first") and given.get("last") and given["first"] > given["last"]:
            self.add_error("last", _("The last year is before the first."))
        return given

    @property
    def asked(self) -> Asked:
        """The filters that are set and make sense."""
        self.is_valid()
        given = self.cleaned_data
        return Asked(given.get("q", ""), given.get("country", ""), given.get("region", ""), given.get("first"), given.get("last"),
                     {name: given.get(name, "") for name in DIMENSIONS})

    @property
    def counted(self) -> tuple[str, str]:
        self.is_valid()
        return self.cleaned_data.get("by") or "direction", self.cleaned_data.get("beside") or ""


class Entering(forms.Form):
    """A measure, as it was announced."""

    country = forms.ChoiceField(label=_("Country"))
    announced_on = forms.CharField(label=_("Announced on"), max_length=10, help_text=_("A day as 2024-06-30, or a year as 2024."))
    title = forms.CharField(label=_("What was announced, in one line"), max_length=300)
    summary = forms.CharField(label=_("What it does, for whom"), required=False, max_length=5_000,
                              widget=forms.Textarea(attrs={"rows": 4}))
    scheme = forms.CharField(label=_("The scheme it concerns"), required=False, max_length=300)
    source = forms.CharField(label=_("Source"), max_length=2_000, help_text=_("The publication, with its date."))
    url = forms.URLField(label=_("Address of the source"), required=False, max_length=1_000, assume_scheme="https")

    def __init__(self, sent: Any = None, *, user: Person, initial: Any = None) -> None:
        super().__init__(sent, initial=initial, label_suffix="")
        self.use_required_attribute = False
        own = countries_of(user)
        listed = Country.objects.values_list("pk", flat=True) if own is None else own
        choices = sorted(((code, COUNTRIES[code].name()) for code in listed), key=lambda pair: fold(pair[1]))
        cast(forms.ChoiceField, self.fields["country"]).choices = choices if len(choices) == 1 else [("", _("Choose …")), *choices]
        for name, words in DIMENSIONS.items():
            self.fields[name] = forms.ChoiceField(label=LABELS[name], choices=[("", _("Choose …")), *_labels(words)])
        self.order_fields(["country", "announced_on", "title", "summary", "scheme", *DIMENSIONS, "source", "url"])

    def clean_announced_on(self) -> str:
        text = str(self.cleaned_data["announced_on"]).strip()
        try:
            return Period.parse(text).text
        except InputError as wrong:
            raise forms.ValidationError(str(wrong)) from None

    def clean_url(self) -> str:
        """Only what a reader may follow without harm."""
        url = str(self.cleaned_data.get("url") or "")
        if url and not url.lower().startswith(("http://", "https://")):
            raise forms.ValidationError(_("Write an address that begins with https://."))
        return url

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        kind, direction = given.get("measure_type"), given.get("direction")
        if kind and direction and DIMENSIONS["measure_type"][kind].group != direction:
            self.add_error("measure_type", _("This type belongs to the other direction: correct the type or the direction."))
        return given

    def typed(self) -> Announced:
        return Announced(**{name: self.cleaned_data[name] for name in Announced.__dataclass_fields__})


class Bringing(forms.Form):
    """A CSV file or workbook of measures."""

    file = forms.FileField(label=_("File (CSV or XLSX)"))
