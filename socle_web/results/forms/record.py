"""A form for a record of any sheet. A draft may be incomplete: whatever is typed is taken, and what is wrong is said beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from socle.errors import Finding
from socle.tables import PROGRAMME, Column, Kind
from socle.vocabulary import code_list
from socle_web.accounts.models import User
from socle_web.results.actions.workflow import NEEDED
from socle_web.results.forms.choices import any_record, countries, references, titles
from socle_web.results.forms.layout import GROUPS, Group
from socle_web.results.forms.widgets import OneRecord, Several
from socle_web.results.wording import field_name, help_of, value_of

LONG = {"summary", "response_text", "reason"}
CONVENTIONS = ("C102", "C121", "C128", "C130", "C168", "C183")
SEVERAL = (Kind.CODES, Kind.COUNTRIES, Kind.REFERENCES)
NUMERIC = {Kind.WHOLE: "numeric", Kind.SHARE: "decimal", Kind.AMOUNT: "decimal", Kind.NUMBER: "decimal"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A field as the page shows it. ``findings``: what is wrong with what stands in it."""

    column: str
    bound: forms.BoundField
    needed: bool
    findings: tuple[Finding, ...]
    widget: str

    @property
    def error_id(self) -> str:
        return f"{self.bound.auto_id}_error"


@dataclass(frozen=True, slots=True)
class Part:
    """A group of fields. ``open``: something in it is filled in, wrong or needed."""

    group: Group
    fields: tuple[Asked, ...]
    open: bool


class RecordForm(forms.Form):
    """``values``: cells as text. ``sent``: what the browser sent. ``fixed``: columns that are shown and not asked."""

    def __init__(self, sheet: str, *, by: User, values: Mapping[str, str] | None = None, sent: Any = None, prefix: str = "",
                 findings: Iterable[Finding] = (), groups: Iterable[Group] = (), fixed: Iterable[str] = ()) -> None:
        self.sheet, self.by, self.typed, self.fixed = sheet, by, dict(values or {}), frozenset(fixed)
        self.groups = tuple(groups) or GROUPS[sheet]
        self.findings = tuple(findings)
        super().__init__(sent, prefix=prefix or None, label_suffix="", auto_id="id_%s")
        for group in self.groups:
            for name in group.columns:
                if name not in self.fixed:
                    self.fields[name] = self._field(PROGRAMME[sheet].column(name))

    def texts(self) -> dict[str, str]:
        """What was typed, as cells of the exchange form; a cell that was emptied is empty. What was not asked stays as it was."""
        typed = dict(self.typed)
        for name in self.fields:
            value = self[name].value()
            typed[name] = ";".join(self._in_order(name, value)) if isinstance(value, (list, tuple)) else _text(value)
        return typed

    def _in_order(self, name: str, chosen: Iterable[str]) -> list[str]:
        """What was there stays in its order: ticking nothing changes nothing."""
        left = list(chosen)
        there = self.fields[name].initial or ()
        return [*(one for one in there if one in left), *(one for one in left if one not in there)]

    @property
    def is_touched(self) -> bool:
        """Whether somebody filled in more than what stands there by itself."""
        form = PROGRAMME[self.sheet]
        return any(text for name, text in self.texts().items() if name in self.fields and text != form.column(name).default)

    def laid_out(self) -> Iterator[Part]:
        """The groups. (Not called ``parts``: a template would find the column of that name first.)"""
        for group in self.groups:
            fields = tuple(self._asked(name) for name in group.columns if name in self.fields)
            if fields:
                yield Part(group, fields, not group.folded or any(one.findings or one.needed or self._said(one) for one in fields))

    def general(self) -> tuple[Finding, ...]:
        """What is wrong with the record as a whole, or with a column that is not asked."""
        return tuple(finding for finding in self.findings if finding.column not in self.fields)

    def _said(self, asked: Asked) -> bool:
        value = asked.bound.value()
        return bool(value) and value != PROGRAMME[self.sheet].column(asked.column).default

    def _asked(self, name: str) -> Asked:
        column = PROGRAMME[self.sheet].column(name)
        findings = tuple(finding for finding in self.findings if finding.column == name)
        bound = self[name]
        if findings:
            bound.field.widget.attrs |= {"aria-describedby": f"{bound.auto_id}_error", "aria-invalid": "true"}
        elif bound.help_text:
            bound.field.widget.attrs |= {"aria-describedby": f"{bound.auto_id}_helptext"}
        needed = not self.prefix and (column.required or name in NEEDED.get(self.sheet, ()))
        return Asked(name, bound, needed, findings, "several" if column.kind in SEVERAL else "")

    def _field(self, column: Column) -> forms.Field:
        text = self.typed.get(column.name, "") or (column.default or "")
        label, words = field_name(self.sheet, column.name), help_of(self.sheet, column.name)
        several = column.kind in SEVERAL
        initial: Any = [part.strip() for part in text.split(";") if part.strip()] if several else text
        if column.kind in (Kind.COUNTRY, Kind.COUNTRIES, Kind.CODE, Kind.CODES):
            initial = _read(column, text) or initial
        widget = self._widget(column, initial)
        kind = _Texts if several else forms.CharField
        return kind(label=label, help_text=words, required=False, initial=initial, widget=widget)

    def _widget(self, column: Column, initial: Any) -> forms.Widget:
        offered: list[tuple[str, str]]
        if column.kind in (Kind.COUNTRY, Kind.COUNTRIES):
            offered = countries(self.by)
            if column.kind is Kind.COUNTRY and len(offered) == 1 and not initial and not self.is_bound:
                self.initial[column.name] = offered[0][0]  # nobody is asked what can only be one thing
        elif column.kind in (Kind.CODE, Kind.CODES) and column.codes:
            offered = [(code.code, code.label()) for code in code_list(column.codes).values()]
        elif column.name == "convention":
            offered = [(name, name) for name in CONVENTIONS]
        elif column.name == "record":
            return OneRecord(any_record(self.by))
        elif column.kind in (Kind.REFERENCE, Kind.REFERENCES) and column.refers:
            offered = references(self.by, column.refers)
            there = {key for key, _name in offered}
            there_now = self.data.get(self.add_prefix(column.name)) if self.is_bound and column.kind is Kind.REFERENCE else None
            wanted = [one for one in ([there_now or initial] if isinstance(initial, str) else initial) if one]
            missing = [one for one in wanted if one not in there]
            named = titles({column.refers: missing}, by=self.by) if missing else {}
            offered += ((key, named[column.refers, key]) for key in missing if (column.refers, key) in named)
            offered.sort(key=lambda pair: pair[0] not in wanted)  # what is chosen stands first
            return OneRecord(offered) if column.kind is Kind.REFERENCE else Several(choices=offered, more=True)
        elif column.name in LONG:
            return forms.Textarea({"rows": 3})
        else:
            attrs = {"inputmode": NUMERIC[column.kind], "autocomplete": "off"} if column.kind in NUMERIC else {}
            if column.kind in (Kind.PERIOD, Kind.CURRENCY, Kind.KEY):
                attrs = {"autocomplete": "off", "spellcheck": "false"}
            return forms.TextInput(attrs)
        there = {code for code, _label in offered}
        if column.kind in SEVERAL:
            return Several(choices=[*offered, *((one, one) for one in initial if one not in there)])
        foreign = [(initial, initial)] if initial and initial not in there else []
        empty = [] if column.default else [("", _("Choose …"))]
        return forms.Select(choices=[*empty, *foreign, *offered])


def _text(value: Any) -> str:
    return str(value or "").replace("\r\n", "\n").strip()


class _Texts(forms.Field):
    """Several texts, whatever they are."""


def _read(column: Column, text: str) -> Any:
    """The codes a text stands for (“Kenya” is KEN), so that they are found among those offered."""
    value = value_of(column, text)
    return list(value) if isinstance(value, tuple) else value
