"""What is typed about rounds and inquiries."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, cast

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from socle.tables import INQUIRY
from socle.vocabulary import COUNTRIES, FIRST_YEAR, LAST_YEAR, fold
from socle_web.coverage.actions.threads import HIGHEST_ROW, LONGEST, Question
from socle_web.coverage.models.rounds import Round
from socle_web.coverage.round_queries import countries_not_asked
from socle_web.places.models import Country

WITHIN = (MinValueValidator(date(1900, 1, 1)), MaxValueValidator(date(2199, 12, 31)))


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, validators=WITHIN, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


def named(codes: Any) -> list[tuple[str, str]]:
    return sorted(((code, COUNTRIES[code].name()) for code in codes), key=lambda pair: fold(pair[1]))


class Opening(forms.Form):
    """A round: about which year, from when, until when, and which countries are asked."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    year = forms.IntegerField(label=gettext_lazy("Year asked about"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    opens_on = _day(gettext_lazy("Opens on"))
    due_on = _day(gettext_lazy("Due on"))
    note = forms.CharField(label=gettext_lazy("Note to the countries"), required=False, max_length=5_000,
                           widget=forms.Textarea(attrs={"rows": 3}))
    countries = forms.MultipleChoiceField(label=gettext_lazy("Countries"), error_messages={
        "required": gettext_lazy("Tick the countries that are asked.")})

    def __init__(self, sent: Any = None, *, on: date, answered: set[str]) -> None:
        """``answered``: the countries that somebody answers for; they are chosen."""
        year = on.year - 1
        super().__init__(sent, label_suffix="", initial={
            "title": _("Inquiry of %(year)s") % {"year": year}, "year": year, "opens_on": on, "due_on": on + timedelta(days=60),
            "countries": sorted(answered)})
        self.use_required_attribute = False
        listed = named(Country.objects.values_list("pk", flat=True))
        cast(forms.MultipleChoiceField, self.fields["countries"]).choices = listed
        ticked = set(self.data.getlist("countries")) if self.is_bound else answered  # type: ignore[attr-defined]
        self.answered = [(code, name, code in ticked) for code, name in listed if code in answered]
        self.others = [(code, name, code in ticked) for code, name in listed if code not in answered]
        self.more = any(chosen for _code, _name, chosen in self.others) or not answered

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("opens_on") and given.get("due_on") and given["due_on"] < given["opens_on"]:
            self.add_error("due_on", _("The round would be due before it opens."))
        return given


class AskingOne(forms.Form):
    country = forms.ChoiceField(label=gettext_lazy("Ask one more country"))

    def __init__(self, sent: Any = None, *, round: Round) -> None:
        super().__init__(sent, label_suffix="")
        self.use_required_attribute = False
        choices = named(countries_not_asked(round).values_list("pk", flat=True))
        cast(forms.ChoiceField, self.fields["country"]).choices = [("", _("Choose …")), *choices]


class Bringing(forms.Form):
    file = forms.FileField(label=gettext_lazy("Workbook (XLSX), zipped folder, or the CSV file of a sheet"))

    def __init__(self, sent: Any = None, files: Any = None) -> None:
        super().__init__(sent, files, label_suffix="")
        self.use_required_attribute = False


class Querying(forms.Form):
    """A question about a cell."""

    sheet = forms.ChoiceField(label=gettext_lazy("Sheet"), required=False)
    row = forms.IntegerField(label=gettext_lazy("Row"), required=False, min_value=1, max_value=HIGHEST_ROW)
    column = forms.CharField(label=gettext_lazy("Column"), required=False, max_length=100)
    text = forms.CharField(label=gettext_lazy("What you ask"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, sent: Any = None, initial: Any = None) -> None:
        super().__init__(sent, initial=initial, label_suffix="")
        self.use_required_attribute = False
        cast(forms.ChoiceField, self.fields["sheet"]).choices = [
            ("", _("the whole inquiry")), *((sheet.name, sheet.name) for sheet in INQUIRY)]

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        sheet, column = given.get("sheet", ""), given.get("column", "").strip()
        if column and (not sheet or column not in INQUIRY[sheet].names):
            self.add_error("column", _("The sheet has no such column."))
        if given.get("row") and not sheet:
            self.add_error("sheet", _("Choose the sheet of the row."))
        return given

    def asked(self) -> Question:
        given = self.cleaned_data
        return Question(given["text"], given["sheet"], given["row"], given["column"].strip())
