"""What a scheme file says, in words of a page."""

from __future__ import annotations

from django.utils.translation import gettext as _

from socle.entitlements import in_words
from socle.schemes import Administration, Assumption, Benefit, Contribution, Index, Ramp, Reported, Scheme
from socle.vocabulary import FACTS, number, percent


def tier(name: str) -> str:
    return name.replace("_", " ") if name else _("benefit")


def per(benefit: Benefit) -> str:
    return {"month": _("a month"), "year": _("a year"), "week": _("a week"), "day": _("a day"), "case": _("once")}[benefit.per]


def of(name: str | None) -> str:
    return {"poverty_line": _("poverty line"), "gdp_per_capita": _("GDP per head"), "minimum_wage": _("minimum wage"),
            "average_wage": _("average wage"), "previous_earnings": _("previous earnings")}.get(name or "", name or "")


def share_of(benefit: Benefit) -> str:
    return _("Share of the %(what)s") % {"what": of(benefit.of)}


def pays(benefit: Benefit) -> str:
    """What a tier pays, in a few words."""
    if benefit.formula is not None:
        return in_words(benefit.formula, currency=benefit.currency or "")
    if benefit.share is not None:
        return _("%(share)s of the %(what)s, %(per)s") % {
            "share": _share(benefit.share), "what": of(benefit.of),
            "per": per(benefit)}
    if benefit.amount is None:
        return _("the source does not say")
    return f"{benefit.currency or ''} {number(benefit.amount)} {per(benefit)}".strip()


def limits(benefit: Benefit, currency: str) -> list[str]:
    """``currency`` of the scheme: that of a benefit that names none."""
    told = []
    if benefit.floor is not None:
        told.append(_("at least %(what)s") % {"what": in_words(benefit.floor, currency=benefit.currency or currency, inside=True)})
    if benefit.cap is not None:
        told.append(_("at most %(what)s") % {"what": in_words(benefit.cap, currency=benefit.currency or currency, inside=True)})
    if benefit.months is not None:
        told.append(_("for %(n)s months") % {"n": number(benefit.months)})
    if benefit.waiting_days:
        told.append(_("after %(n)s days") % {"n": number(benefit.waiting_days)})
    return told


def indexed(index: Index) -> str:
    words = {"none": _("no indexation stated"), "prices": _("raised with prices"), "wages": _("raised with wages"),
             "gdp_per_capita": _("raised with GDP per head"),
             "fixed": _("raised by %(rate)s a year") % {"rate": percent(index.rate or 0, decimals=1)}}
    if len(index.weights) == 1:
        return words[next(iter(index.weights))]
    return ", ".join(f"{percent(weight)} {words[name]}" for name, weight in index.weights.items())


def rules(benefit: Benefit) -> str:
    """The rules of a tier as the file writes them: whom it is for, its formula and its limits."""
    named = {"rule": benefit.rule, "formula": benefit.formula, "floor": benefit.floor, "cap": benefit.cap}
    return "\n".join(f"{name} = {rule.text}" for name, rule in named.items() if rule is not None)


def who(benefit: Benefit, currency: str) -> str:
    """Whom a tier is for; empty where it is for everybody who is entitled."""
    return in_words(benefit.rule, currency=currency) if benefit.rule is not None else ""


def payer(contribution: Contribution) -> str:
    return {"worker": _("Worker"), "employer": _("Employer"), "self": _("Self-employed"), "state": _("State")}[contribution.payer]


def paid(contribution: Contribution) -> str:
    if contribution.rate is None:
        return _("the source does not say")
    base = in_words(contribution.base, inside=True) if contribution.base is not None else _("insurable earnings")
    told = [_("%(rate)s of %(base)s") % {"rate": _share(contribution.rate), "base": base}]
    if contribution.floor is not None:
        told.append(_("from %(n)s") % {"n": number(contribution.floor)})
    if contribution.ceiling is not None:
        told.append(_("up to %(n)s") % {"n": number(contribution.ceiling)})
    if contribution.subsidy is not None:
        told.append(_("of which the state pays %(share)s") % {"share": percent(contribution.subsidy)})
    return ", ".join(told)


def administered(administration: Administration) -> str:
    of_what = {"benefits": _("of the benefits paid"), "total": _("of the total cost")}[administration.of]
    return f"{_share(administration.share)} {of_what}"


def reached(ramp: Ramp) -> str:
    if ramp.coverage is not None:
        return _("%(share)s of the target group") % {"share": _share(ramp.coverage)}
    return _("%(n)s beneficiaries") % {"n": number(ramp.beneficiaries)}


def assumed(assumption: Assumption) -> str:
    if assumption.share is not None:
        return _share(assumption.share)
    if assumption.value is not None:
        return number(assumption.value)
    return ", ".join(f"{code}: {_share(share)}" for code, share in assumption.shares.items())


def part(section: str, name: str) -> str:
    """Where something stands in a scheme."""
    words = {"eligibility": _("Eligibility"), "benefit": _("Benefit"), "contribution": _("Contribution"), "law": _("Law"),
             "administration": _("Administration"), "ramp": _("Coverage"), "assumption": _("Assumption")}
    return f"{words[section]}: {name.replace('_', ' ')}" if name else words[section]


def _share(share: float) -> str:
    return percent(share, decimals=0 if round(share * 100, 6) % 1 == 0 else 2)


def contributory(scheme: Scheme) -> str:
    return _("contributory") if scheme.contributory else _("non-contributory")


def unit(scheme: Scheme) -> str:
    return _("for persons") if scheme.unit == "person" else _("for households")


def fact(name: str) -> str:
    known = FACTS.get(name)
    return known.label() if known else name


def of_whom(assumption: Assumption) -> str:
    who = {"female": _("women and girls"), "male": _("men and boys"), "total": _("everybody")}[assumption.sex]
    return _("%(who)s aged %(first)s to %(last)s") % {"who": who, "first": assumption.ages[0], "last": assumption.ages[1]}


def reported(one: Reported) -> str:
    return {"entitled": _("%(n)s may claim"), "paid": _("%(n)s were paid")}[one.of] % {"n": number(one.count)}
