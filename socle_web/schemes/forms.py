"""What somebody fills in: a file and the worked cases beside it, a reason, the name of a scenario."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from socle.vocabulary import COUNTRIES, fold
from socle_web.accounts.permissions import Person
from socle_web.audit.refusals import Refused
from socle_web.places.models import Country
from socle_web.places.permissions import countries_of
from socle_web.schemes.actions.drafting import Typed
from socle_web.schemes.models import LARGEST, Kind

TEXT = {"rows": 28, "spellcheck": "false", "autocomplete": "off", "autocapitalize": "off", "class": "code", "wrap": "off"}


class Plain(forms.CharField):
    """Text as it was typed: lines end as in the file, and nothing is trimmed."""

    def __init__(self, **how: Any) -> None:
        super().__init__(required=False, strip=False, **how)

    def to_python(self, value: Any) -> str:
        return "" if value is None else str(value).replace("\r\n", "\n")


class Drafting(forms.Form):
    """A file is chosen, or its text pasted; where both are sent, the file counts."""

    text = Plain(label=_("Text of the file"), widget=forms.Textarea(attrs=TEXT))
    cases = Plain(label=_("Worked cases (cases.toml)"), widget=forms.Textarea(attrs=TEXT | {"rows": 12}))
    note = forms.CharField(label=_("What this version changes, and why"), required=False, max_length=5_000,
                           widget=forms.Textarea(attrs={"rows": 2}))
    file = forms.FileField(label=_("File"), required=False, allow_empty_file=True)
    cases_file = forms.FileField(label=_("File of worked cases"), required=False, allow_empty_file=True)

    def __init__(self, sent: Any = None, files: Any = None, *, initial: Any = None) -> None:
        super().__init__(sent, files, initial=initial, label_suffix="")

    def typed(self) -> Typed:
        """What was typed or brought. Raises ``Refused`` for a file that is no text."""
        self.full_clean()
        given = self.cleaned_data
        return Typed(_content(given.get("file")) or given.get("text", ""),
                     _content(given.get("cases_file")) or given.get("cases", ""), given.get("note", ""))


class Beginning(Drafting):
    """The first of a draft: it also says of which country, and what kind of file it is."""

    kind = forms.ChoiceField(label=_("What it is"), initial=Kind.SCHEME,
                             choices=[(Kind.SCHEME, _("A scheme")), (Kind.ECONOMY, _("The economy of a country"))])
    country = forms.ChoiceField(label=_("Country"))
    field_order = ("country", "kind", "file", "text", "cases_file", "cases", "note")

    def __init__(self, sent: Any = None, files: Any = None, *, user: Person, initial: Any = None) -> None:
        super().__init__(sent, files, initial=initial)
        own = countries_of(user)
        listed = Country.objects.values_list("pk", flat=True) if own is None else own
        choices = sorted(((code, COUNTRIES[code].name()) for code in listed), key=lambda pair: fold(pair[1]))
        self.fields["country"].choices = choices if len(choices) == 1 else [("", _("Choose …")), *choices]  # type: ignore[attr-defined]


class Keeping(forms.Form):
    """The name of a scenario."""

    name = forms.CharField(label=_("Name of the scenario"), max_length=200,
                           help_text=_("What is different in it: “Child grant to age 5”."))
    note = forms.CharField(label=_("What it assumes, and why"), required=False, max_length=2_000,
                           widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, sent: Any = None, *, initial: Any = None) -> None:
        super().__init__(sent, initial=initial, label_suffix="")


def _content(file: UploadedFile[Any] | None) -> str:
    if file is None:
        return ""
    if (file.size or 0) > LARGEST:
        raise Refused(str(_("The file has more than one million bytes.")), code="too_large",
                      remedy=str(_("A scheme is a page or two of text: see whether this is the right file.")))
    try:
        return str(file.read().decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Refused(str(_("This is not a text file.")), remedy=str(_("Save it as text in UTF-8, and send it again.")),
                      code="not_text") from None
