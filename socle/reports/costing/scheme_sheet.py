"""The sheet of one scheme: what is given in blue, what follows as formulas, a row a year; to the right, what each tier is paid."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from socle.costing import Explanation, Line, Projection, TierPaid
from socle.reports.costing.paper import told_source
from socle.reports.costing.words import column_title
from socle.vocabulary import say

#: Rows before the first year: title, remark, an empty one, heads, units.
FIRST = 5
_FOLLOWS = ("beneficiaries", "spending", "administration_share", "administration", "total", "gdp", "share_of_gdp", "government",
            "share_of_government")


class SchemeSheet:
    """One sheet being written. ``columns`` are those of the main table, by name."""

    def __init__(self, sheet: Any, projection: Projection, line: Line, looks: Mapping[str, Any]) -> None:
        self.sheet, self.line, self.looks = sheet, line, looks
        self.told = [projection.explain(line.scheme, year) for year in projection.years]
        factors = {factor.name: factor for one in reversed(self.told) for factor in one.factors}
        names = _in_order(self.told)
        at = names.index("benefit") if "benefit" in names else len(names)
        self.people, self.money, self.factors = names[:at], names[at:], factors
        shown = ["year", *self.people[:_before_coverage(self.people)], "target", *self.people[_before_coverage(self.people):],
                 _FOLLOWS[0], *self.money, *_FOLLOWS[1:]]
        self.columns = {name: place for place, name in enumerate(shown)}
        self.tiers = list(dict.fromkeys(tier.tier for one in self.told for tier in one.tiers))
        constant = projection.options.prices == "constant"
        wholes = {
            "gdp": say("GDP at the same prices"), "government": say("Government expenditure at the same prices")} if constant else {
            "gdp": say("GDP of the year"), "government": say("Government expenditure of the year")}
        self.titles = {"administration_share": say("Administration for each unit of benefits paid"), **wholes}

    def write(self) -> int:
        """Everything. Returns the column of the total."""
        sheet, looks = self.sheet, self.looks
        sheet.set_column(0, 0, 8)
        sheet.set_column(1, len(self.columns) + 5 * len(self.tiers) + 1, 17)
        sheet.set_row(0, 26)
        sheet.set_row(3, 46)
        sheet.write_string(0, 0, self.line.label, looks["title"])
        sheet.write_string(1, 0, say("Currency: {currency}", currency=self.line.currency or say("not known")))
        for name, at in self.columns.items():
            factor = self.factors.get(name)
            title = self.titles.get(name) or (factor.label if factor else column_title(name))
            sheet.write_string(3, at, title, looks["figure" if at else "head"])
            sheet.write_string(4, at, factor.unit.replace("_", " ") if factor else "", looks["note"])
        self._heads_of_tiers()
        sheet.freeze_panes(FIRST, 1)
        for at in range(len(self.told)):
            self._year(at)
        for row, factor in enumerate(self.told[0].factors, FIRST + len(self.told) + 1):
            source = told_source(factor.source) if factor.source else say("no source stated")
            sheet.write_string(row, 0, f"{factor.label}: {source}{' – ' + factor.note if factor.note else ''}")
        return self.columns["total"]

    def _year(self, at: int) -> None:
        told, row = self.told[at], FIRST + at
        values = {factor.name: factor.value for factor in told.factors}
        people, money = ([name for name in names if name in values] for names in (self.people, self.money))
        self.sheet.write_number(row, 0, told.year, self.looks["year"])
        target = self._product([values[name] for name in people[:_before_coverage(people)]])
        reached = self._product([target, *(values[name] for name in people[_before_coverage(people):])])
        paid = self._tiers(at)
        for name in (*people, *money):
            if name == "benefit" and paid and target:
                linked = paid if "payments" in money else f"{paid}/{self._cell(row, 'target')}"
                self._formula(row, name, linked, values[name], "cents")
            else:
                self._given(row, name, values[name], share=self.factors[name].unit == "share")
        self._formula(row, "target", self._all(row, people[:_before_coverage(people)]), target, "whole")
        self._formula(row, "beneficiaries", self._all(row, ["target", *people[_before_coverage(people):]]), reached, "whole")
        self._formula(row, "spending", self._all(row, ["beneficiaries", *money]), told.spending, "whole")
        if told.spending and told.administration is not None:
            self._given(row, "administration_share", round(told.administration / told.spending, 12), share=True)
        self._formula(row, "administration", self._all(row, ["spending", "administration_share"]), told.administration, "whole")
        self._formula(row, "total", f"{self._cell(row, 'spending')}+{self._cell(row, 'administration')}", told.total, "whole")
        for whole, part in (("gdp", self.line.share_of_gdp[at]), ("government", self.line.share_of_government[at])):
            if told.total and math.isfinite(part) and part:
                self._given(row, whole, told.total / float(part))
                quotient = f"{self._cell(row, 'total')}/{self._cell(row, whole)}"
                self._formula(row, f"share_of_{whole}", quotient, float(part), "share")

    def _heads_of_tiers(self) -> None:
        for place, tier in enumerate(self.tiers):
            heads = (say("{tier}: of the target group", tier=tier), say("Growth"), say("Payment"), say("Payments a year"),
                     say("In all"))
            for at, head in enumerate(heads, self._of_tier(place)):
                self.sheet.write_string(3, at, head, self.looks["figure"])

    def _of_tier(self, place: int) -> int:
        """The first of the five columns of a tier."""
        return len(self.columns) + 1 + 5 * place

    def _tiers(self, at: int) -> str:
        """The tiers of a year; the formula of what the target group is paid in all, or of one payment where there is one tier for
        all. A payment is the one of the year before and its growth, so that the first and each growth can be changed."""
        row, parts = FIRST + at, []
        before = {tier.tier: tier for tier in self.told[at - 1].tiers} if at else {}
        for tier in self.told[at].tiers:
            first = self._of_tier(self.tiers.index(tier.tier))
            cells = [str(xl_rowcol_to_cell(row, first + place)) for place in range(5)]
            self.sheet.write_number(row, first, tier.members, self.looks["given whole"])
            self._payment(row, first, tier, before.get(tier.tier))
            self.sheet.write_number(row, first + 3, tier.payments, self.looks["given"])
            self.sheet.write_formula(row, first + 4, f"={cells[0]}*{cells[2]}*{cells[3]}", self.looks["whole"],
                                     tier.members * tier.payment * tier.payments)
            parts.append(cells[2] if "payments" in {factor.name for factor in self.told[at].factors} else cells[4])
        return parts[0] if len(parts) == 1 else f"({'+'.join(parts)})" if parts else ""

    def _payment(self, row: int, first: int, tier: TierPaid, before: TierPaid | None) -> None:
        if before is None or not before.payment:
            self.sheet.write_number(row, first + 2, tier.payment, self.looks["given"])
            return
        last, growth = (str(xl_rowcol_to_cell(*place)) for place in ((row - 1, first + 2), (row, first + 1)))
        self.sheet.write_number(row, first + 1, tier.payment / before.payment - 1, self.looks["given share"])
        self.sheet.write_formula(row, first + 2, f"={last}+{last}*{growth}", self.looks["cents"], tier.payment)

    def _given(self, row: int, name: str, value: float | None, *, share: bool = False) -> None:
        if value is not None and math.isfinite(value):
            look = "given share" if share else "given whole" if abs(value) >= 10_000 else "given"
            self.sheet.write_number(row, self.columns[name], value, self.looks[look])

    def _formula(self, row: int, name: str, formula: str, value: float | None, look: str) -> None:
        """A formula with the figure it gives, for those who look without recalculating. What cannot be said stays empty."""
        if value is not None and math.isfinite(value) and formula:
            self.sheet.write_formula(row, self.columns[name], f"={formula}", self.looks[look], value)

    def _cell(self, row: int, name: str) -> str:
        return str(xl_rowcol_to_cell(row, self.columns[name]))

    def _all(self, row: int, names: Sequence[str]) -> str:
        return "*".join(self._cell(row, name) for name in names)

    @staticmethod
    def _product(values: Sequence[float | None]) -> float | None:
        known = [value for value in values if value is not None]
        return math.prod(known) if len(known) == len(values) else None


def _in_order(told: Sequence[Explanation]) -> list[str]:
    """The factors of all years, each after those that it follows."""
    names: list[str] = []
    for one in told:
        place = 0
        for factor in one.factors:
            if factor.name in names:
                place = names.index(factor.name) + 1
            else:
                names.insert(place, factor.name)
                place += 1
    return names


def _before_coverage(names: Sequence[str]) -> int:
    """How many factors say who is meant; those after them say who is reached."""
    return names.index("coverage") if "coverage" in names else len(names)
