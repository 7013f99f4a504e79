"""Inputs Django has none for: a record chosen from a short list or typed by its key; several of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

Choices = Sequence[tuple[str, str]]


class OneRecord(forms.TextInput):
    """A text with suggestions. Any key may be typed: the list is a help and never the limit."""

    template_name = "results/widgets/one_record.html"

    def __init__(self, offered: Choices, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", "spellcheck": "false", **(attrs or {})})
        self.offered = offered

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["list"] = f"{context['widget']['attrs'].get('id', name)}_list"
        context["widget"]["offered"] = self.offered
        context["widget"]["said"] = dict(self.offered).get(str(value or ""), "")
        return context


class Several(forms.CheckboxSelectMultiple):
    """Tick boxes in columns; with ``more``, a line for keys that are not among them."""

    template_name = "results/widgets/several.html"

    def __init__(self, *, choices: Choices = (), more: bool = False) -> None:
        super().__init__(choices=choices)
        self.more = more

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        ticked = list(super().value_from_datadict(data, files, name) or [])
        typed = str(data.get(f"{name}-more") or "").replace(",", ";").split(";") if self.more else []
        parts = (part.strip() for text in (*ticked, *typed) for part in text.split(";"))
        return list(dict.fromkeys(filter(None, parts)))

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        known = {code for code, _label in self.choices}
        context["widget"]["more"] = self.more
        context["widget"]["rest"] = ";".join(one for one in value or () if one not in known)
        return context

    def use_required_attribute(self, initial: Any) -> bool:
        return False
