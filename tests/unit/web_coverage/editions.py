"""Made-up editions for the tests: a report of the made-up country, an international file of three."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from socle import datasets
from socle.coverage import Figure
from socle.tables import INQUIRY, Book, Table
from socle_web.coverage.actions import releasing
from socle_web.coverage.actions.releasing import Announced

#: Beside each other: the codes are of real countries, every figure is invented for the test.
UN = """Goal,Target,Indicator,SeriesCode,SeriesDescription,GeoAreaCode,GeoAreaName,TimePeriod,Value,Source,FootNote,[Nature],[Sex],[Units]
1,1.3,1.3.1,SI_COV_PENSN,Older persons,404,Kenya,2015,10.50,Test,,C,BOTHSEX,PERCENT
1,1.3,1.3.1,SI_COV_PENSN,Older persons,404,Kenya,2020,20.0,Test,A note.,E,BOTHSEX,PERCENT
1,1.3,1.3.1,SI_COV_PENSN,Older persons,404,Kenya,2020,15.0,Test,,C,FEMALE,PERCENT
1,1.3,1.3.1,SI_COV_PENSN,Older persons,404,Kenya,2020,25.0,Test,,C,MALE,PERCENT
1,1.3,1.3.1,SI_COV_PENSN,Older persons,524,Nepal,2020,84.0,Test,,C,BOTHSEX,PERCENT
1,1.3,1.3.1,SI_COV_PENSN,Older persons,716,Zimbabwe,2020,0,Test,,C,BOTHSEX,PERCENT
1,1.3,1.3.1,SI_COV_PENSN,Older persons,454,Malawi,2020,,Test,,C,BOTHSEX,PERCENT
1,1.3,1.3.1,SI_COV_CHLD,Children,404,Kenya,2020,7.5,Test,,C,BOTHSEX,PERCENT
1,1.3,1.3.1,SI_COV_PENSN,Older persons,202,Sub-Saharan Africa,2020,33.0,Test,,C,BOTHSEX,PERCENT
"""
#: Of each made-up country so many per cent of older persons with a pension.
MADE_UP = {"XUT": 30.0, "XWE": 52.5, "XVA": 71.0}


@dataclass(frozen=True)
class Report:
    figures: tuple[Figure, ...]
    spending: tuple = ()
    adequacy: tuple = ()


@dataclass(frozen=True)
class Row:
    values: dict = field(default_factory=dict)

    def as_row(self):
        return self.values


def international(key="un-2025", released_on=date(2025, 7, 1), text=UN, **more):
    reading = datasets.read_values(text.encode(), name="values.csv")
    assert reading.values is not None, reading.findings
    return releasing.load(reading.values, Announced(f"Edition {key}", "A test", released_on, key), by="tester", **more).edition


def book():
    told = {"source": "Register", "reference_on": None, "status": "reported"}
    recipients = Table.of(INQUIRY["recipients"], [
        {"benefit": "pension", "year": 2024, "sex": "total", "age_group": "total", "disability": "total", "area": "total",
         "persons": 300} | told])
    people = Table.of(INQUIRY["denominators"], [
        {"country": "XUT", "year": 2024, "group": "older_persons", "sex": "total", "persons": 1000} | told])
    schemes = Table.of(INQUIRY["schemes"], [{"scheme": f"pensions-{code.lower()}", "country": code, "name": "Pensions", "kind": "categorical",
                                             "functions": ("old_age",)} for code in MADE_UP])
    benefits = Table.of(INQUIRY["benefits"], [{"benefit": "pension", "scheme": "pensions-xut", "function": "old_age", "form": "cash",
                                               "payment": "periodic", "means_tested": False, "contributory": False}])
    return Book(INQUIRY, {"schemes": schemes, "benefits": benefits, "recipients": recipients, "denominators": people})


def report(value=30.0, country="XUT", **more):
    records = ("recipients:pension/2024/total/total/total/total", f"denominators:{country}/2024/older_persons/total")
    old = Figure("SI_COV_PENSN", country, "total", 2024, value * 10, 1000.0, value, "exact", records,
                 definition="Recipients of a pension among older persons.", **more)
    low, high = (Figure("SI_COV_BENFTS", country, "total", 2024, n * 10, 1000.0, n, bound, records[:1])
                 for n, bound in ((25.0, "lower"), (40.0, "upper")))
    return Report((old, low, high))


def national(value=30.0, country="XUT", released_on=date(2025, 3, 1), **more):
    announced = Announced(f"Inquiry of {country}", "The inquiry", released_on, **more)
    return releasing.release(report(value, country), announced, country=country, book=book(), by="tester")


def bring():
    """Two international editions, the later of which restates; three made-up countries."""
    international("un-2024", date(2024, 7, 1), text=UN.replace("84.0", "81.0"))
    international()
    for code, value in MADE_UP.items():
        national(value, code)
