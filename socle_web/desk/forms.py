"""What people fill in at the desk."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from socle_web.accounts.models import User
from socle_web.desk.queries.people import possible_deputies
from socle_web.desk.queries.rounds import Answerers, answerers, names_of_countries, suggested_owners

WITHIN = (MinValueValidator(date(1900, 1, 1)), MaxValueValidator(date(2199, 12, 31)))


def day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, validators=WITHIN, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class Plain(forms.Form):
    def __init__(self, sent: Any = None, **options: Any) -> None:
        super().__init__(sent, label_suffix="", **options)


class Commenting(Plain):
    kind = forms.CharField(widget=forms.HiddenInput, max_length=40)
    key = forms.CharField(widget=forms.HiddenInput, max_length=400)
    text = forms.CharField(label=gettext_lazy("Comment"), max_length=5_000, widget=forms.Textarea(attrs={"rows": 3}))


class Retracting(Plain):
    note = forms.CharField(label=gettext_lazy("Why"), required=False, max_length=500)


class Leaving(Plain):
    """Choices are read when the form is made."""

    since = day(gettext_lazy("First day away"))
    until = day(gettext_lazy("Last day away"))
    deputy = forms.ChoiceField(label=gettext_lazy("Deputy"))
    field_order = ("since", "until", "deputy")

    def __init__(self, sent: Any = None, *, person: User, **options: Any) -> None:
        super().__init__(sent, **options)
        self.able = {user.username: user for user in possible_deputies(person)}
        field: Any = self.fields["deputy"]
        offered = [(user.username, f"{user.name} ({user.plays.label})") for user in self.able.values()]
        field.choices = [("", _("Choose somebody")), *offered]


class Reason(Plain):
    reason = forms.CharField(label=gettext_lazy("Why"), required=False, max_length=2_000, widget=forms.Textarea(attrs={"rows": 2}))


class Completing(Plain):
    note = forms.CharField(label=gettext_lazy("Note"), required=False, max_length=2_000, widget=forms.Textarea(attrs={"rows": 2}))


class Owning(Plain):
    """Who answers for one country."""

    owner = forms.ChoiceField(label=gettext_lazy("Who answers"), required=False)

    def __init__(self, sent: Any = None, *, country: str, able: Answerers, **options: Any) -> None:
        super().__init__(sent, **options)
        field: Any = self.fields["owner"]
        field.choices = [("", _("nobody yet")), *able.offered(country)]


class Planning(Plain):
    """A round; the countries with records or a focal point are ticked, and their focal points chosen."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    start = day(gettext_lazy("Reports from"))
    end = day(gettext_lazy("Reports until"))
    opens_on = day(gettext_lazy("Opens on"))
    due_on = day(gettext_lazy("Due on"))

    def __init__(self, sent: Any = None, *, on: date) -> None:
        year = on.year if on.month > 9 else on.year - 1
        super().__init__(sent, initial={
            "title": _("Results of %(year)s") % {"year": year}, "start": date(year, 1, 1), "end": date(year, 12, 31),
            "opens_on": on, "due_on": date(year + 1, 2, 28)})
        self.suggested, self.able = suggested_owners(), answerers()
        called = names_of_countries(self.suggested)
        self.lines = [self._line(code, called.get(code, code)) for code in self.suggested]
        self.lines.sort(key=lambda line: line[1])

    @property
    def owners(self) -> dict[str, str]:
        """The countries that were ticked, and who answers for each."""
        return {code: self.data.get(f"owner-{code}", "") for code in self._ticked() if code in self.suggested}

    def _ticked(self) -> list[str]:
        sent: Any = self.data
        listed: list[str] = sent.getlist("countries")
        return listed

    def _line(self, code: str, name: str) -> tuple[str, str, bool, str, list[tuple[str, str]]]:
        """Code, name, whether it is ticked, who is chosen, who may be."""
        ticked = code in self._ticked() if self.is_bound else True
        chosen = self.data.get(f"owner-{code}", "") if self.is_bound else self.suggested[code]
        return code, name, ticked, chosen, self.able.offered(code)
