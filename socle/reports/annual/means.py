"""What the results rest on: funding, ratifications, what an evaluation asked for, the team."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from socle import vocabulary
from socle.reports import charts
from socle.reports.annual.subject import (
    Subject,
    country_name,
    country_order,
    figure,
    key_writer,
    label_of,
    share,
    table,
    title_of,
    unknown,
    words,
    written,
)
from socle.reports.document import Block, Cell, Figure, Heading, Items, Paragraph, Result, Text
from socle.vocabulary import money, period, say, say_many

MOST_PARTNERS = 12


def funding(subject: Subject) -> Iterator[Block]:
    tables = subject.report.tables
    by_year, by_partner, gap = tables["funding_by_year"], tables["funding_by_partner"], tables["funding_gap"]
    if not (by_year or by_partner or gap):
        return
    yield Heading(1, Text(say("Funding")))
    yield Paragraph((Text(say("Currencies are never converted. An empty amount is not reported; it is not zero.")),))
    if by_year:
        yield table(title_of("funding_by_year"), [_year(row) for row in by_year], {
            "year": key_writer("year"), "projects": figure, "amount": words_or_unknown, "without_records": words_or_unknown,
            "total": words_or_unknown,
        }, figures=("projects", "amount", "without_records", "total"), titles={"projects": say("Projects with funding records")})
    for currency in dict.fromkeys(row["currency"] for row in by_partner):
        known = sorted((r for r in by_partner if r["currency"] == currency and r["amount"]), key=lambda r: -r["amount"])
        if len(known) > 1:
            title = say("Funding by partner, in {currency}", currency=currency)
            bars = [(subject.partner_names.get(r["partner"], r["partner"]), {"amount": float(r["amount"])})
                    for r in known[:MOST_PARTNERS]]
            rest = sum((r["amount"] for r in known[MOST_PARTNERS:]), Decimal(0))
            if rest:
                others = say_many("{n} other partner", "{n} other partners", len(known) - MOST_PARTNERS)
                bars.append((others, {"amount": float(rest)}))
            told = "; ".join(f"{name}: {written(parts['amount'])}" for name, parts in bars)
            yield Figure(charts.bars(bars, title=title, series={"amount": title}, words=written), title, told, 0.62)
    if by_partner:
        yield table(title_of("funding_by_partner"), by_partner, {
            "partner": lambda key: subject.cell(subject.partner_names.get(key, key)),
            "kind": key_writer("partner_kind"), "currency": key_writer("currency"), "amount": figure, "share": share,
        }, weights={"partner": 2.6, "kind": 2.0, "currency": 0.9})
    if gap:
        yield table(title_of("funding_gap"), gap, {
            "on": key_writer("on"), "currency": key_writer("currency"), "required": figure, "available": figure,
            "mobilised": figure, "gap": figure,
        }, notes=(say("Gap: required, less available, less mobilized. Pledges are never counted as mobilized."),))


def words_or_unknown(value: str | None) -> Cell:
    return unknown() if value is None else words(value)


def _year(row: dict[str, Any]) -> dict[str, Any]:
    """Amounts with their currency. A row without a currency is a published number of projects, and says what it counts."""
    currency = row["currency"]

    def told(value: Decimal | None) -> str | None:
        if value is None:
            return None
        return money(value, currency) if currency else say_many("{n} project", "{n} projects", int(value))

    projects = row["projects"] if row["projects"] or row["amount"] is not None else None
    amount = None if row["amount"] is None else money(row["amount"], currency or "").strip()
    return {"year": row["year"], "projects": projects, "amount": amount, "without_records": told(row["without_records"]),
            "total": told(row["total"])}


def ratifications(subject: Subject) -> Iterator[Block]:
    rows = [r for r in subject.rows("ratifications") if subject.covers(r["on"], r["country"])]
    if not rows or subject.report.partner:
        return
    yield Heading(1, Text(say("Ratifications of Conventions")))
    rows.sort(key=lambda r: (country_order(r["country"]), r["convention"]))
    yield table(say("Ratifications of social security Conventions"), rows, {
        "country": lambda code: words(country_name(code)), "convention": words,
        "status": lambda code: words(vocabulary.RATIFICATION_STATUSES[code or "ratified"].label()),
        "on": lambda on: unknown() if on is None else words(period(on)), "parts": subject.cell, "source": subject.cell,
    }, titles={"convention": say("Convention"), "status": say("Status"), "on": say("Date"), "parts": say("Parts accepted")},
        weights={"source": 3, "country": 2})


def evaluation(subject: Subject) -> Iterator[Block]:
    rows = [r for r in subject.rows("recommendations") if subject.covers(r["on"], subject.report.country)]
    if not rows or subject.report.country or subject.report.partner:
        return
    actions: dict[str | None, list[dict[str, Any]]] = {}
    for action in subject.rows("actions"):
        actions.setdefault(action["recommendation"], []).append(action)
    yield Heading(1, Text(say("Follow-up to evaluations")))
    today = subject.report.as_of or subject.report.period.end
    for row in rows:
        response = vocabulary.RESPONSES[row["response"]].label() if row["response"] else say("not reported")
        marks = [subject.told(row["evaluation"]).words, say("Response: {response}", response=response)]
        yield Result(
            tuple(mark for mark in marks if mark), subject.told(row["title"] or row["summary"] or row["recommendation"]),
            tuple(subject.told(row[name]) for name in ("summary", "response_text") if row[name] and row[name] != row["title"]),
            subject.told(row["source"]) if row["source"] else None,
        )
        due = actions.get(row["recommendation"], [])
        if due:
            yield Items(tuple((Text(f" – {_action(a, today)}"),) for a in due),
                        tuple(subject.told(a["title"] or a["action"]) for a in due))


def _action(action: dict[str, Any], today: date) -> str:
    status = vocabulary.ACTION_STATUSES[action["status"]].label() if action["status"] else say("status not reported")
    due = say("due {day}", day=period(action["due_on"])) if action["due_on"] else say("due date not reported")
    is_late = action["due_on"] and action["due_on"].end < today and action["status"] not in ("done", "dropped")
    return ", ".join(filter(None, (action["owner"], status, due, say("overdue") if is_late else "")))


def staff(subject: Subject) -> Iterator[Block]:
    rows = [r for r in subject.rows("staff") if r["on"] is None or subject.report.country in (None, r["country"])]
    if not rows or subject.report.partner:
        return
    yield Heading(1, Text(say("The team")))
    groups: dict[tuple[str | None, str | None], dict[str, int]] = {}
    for row in rows:
        cell = groups.setdefault((row["place"], row["country"]), {})
        contract = row["contract"] or "unknown"
        cell[contract] = cell.get(contract, 0) + (row["posts"] or 1)
    contracts = [c for c in (*vocabulary.POST_CONTRACTS, "unknown") if any(c in cell for cell in groups.values())]
    out = [{"place": place, "country": country, **cell, "total": sum(cell.values())} for (place, country), cell in groups.items()]
    totals = {c: sum(cell.get(c, 0) for cell in groups.values()) for c in contracts}
    out.append({"place": "all", "country": "", **totals, "total": sum(totals.values())})
    yield table(say("Posts by place and contract"), [{**dict.fromkeys(contracts, 0), **row} for row in out], {
        "place": lambda code: unknown() if code is None else words(
            say("All posts") if code == "all" else vocabulary.POST_PLACES[code].label()),
        "country": lambda code: unknown() if code is None else words(country_name(code) if code else ""),
        **dict.fromkeys(contracts, figure), "total": figure,
    }, titles={"place": say("Place"), "country": say("Duty country"), "unknown": say("Contract not reported"),
               **{c: vocabulary.POST_CONTRACTS[c].label() for c in contracts if c != "unknown"}},
        totals=lambda row: row["place"] == "all")


def left_out(subject: Subject) -> Iterator[Block]:
    rows = [r for r in subject.rows("left_out") if subject.covers(r["on"], r["country"])]
    if not rows or subject.report.partner:
        return
    yield Heading(1, Text(say("Left out, and why")))
    yield Paragraph((Text(say("Figures of the sources that resemble results but are not counted in this report.")),))
    for row in sorted(rows, key=lambda r: country_order(r["country"])):
        marks = [country_name(row["country"])] + [period(row["on"])] * bool(row["on"])
        marks += [label_of(name, row[name]) for name in ("kind", "branch") if row[name]]
        if row["persons"] is not None:
            marks.append(say_many("{n} person", "{n} persons", row["persons"]))
        yield Result(tuple(marks), subject.told(row["title"] or row["item"]), (subject.told(row["reason"]),),
                     subject.told(row["source"]) if row["source"] else None)
