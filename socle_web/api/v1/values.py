"""The figures of one edition of coverage."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import AfterValidator, BaseModel, Field
from pydantic_core import PydanticCustomError

from socle.vocabulary import COUNTRIES
from socle_web.api.asking import LONGEST, Country, Paged, Text, Year, narrow
from socle_web.api.rows import Number, Page, meeting, number, page_of
from socle_web.coverage.models import Edition, Value
from socle_web.coverage.showing import series_name

router = Router()
Family = Literal["sdg", "contributors", "health", "legal", "spending", "adequacy"]
Sex = Literal["total", "female", "male"]


class CoverageValue(BaseModel):
    edition: str = Field(description="key of the edition")
    country: str = Field(description="ISO 3166-1 alpha-3")
    country_name: str = Field(description="`country` in words")
    family: Family = Field(description="sdg: indicator 1.3.1; health and legal coverage stand apart")
    series: str = Field(description="code of the UN Statistics Division, or a name of ours")
    series_label: str = Field(description="`series` in words")
    item: str = Field(description="scheme/function/item of spending, benefit of adequacy; empty otherwise")
    year: int
    sex: Sex
    age_group: str
    disability: str
    area: str
    value: Number | None = Field(description="in `unit`; null: cannot be said, never zero")
    printed: str = Field(description="its digits as the source has them; may be empty")
    unit: str = Field(description="percent, or the ISO 4217 code of a currency")
    bound: Literal["exact", "lower", "upper"] = Field(description="exact, or one of two rows that the figure lies between")
    numerator: Number | None = Field(description="persons; null: not known")
    denominator: Number | None = Field(description="persons; null: not known")
    weight: Number | None = Field(description="persons, where the source gives them")
    status: str = Field(description="reported or estimated")
    nature: str = Field(description="nature of the data, as the source codes it; may be empty")
    source: str
    footnote: str
    definition: str
    records: list[str] = Field(description="rows of the inquiry behind it, SHEET:KEY")


def _edition(text: str) -> str:
    if not Edition.objects.public().filter(key=text).exists():
        raise PydanticCustomError("unknown_edition", "unknown edition", {
            "what": _("There is no edition {key}.").format(key=text[:40]), "remedy": _("/api/v1/editions lists what there is.")})
    return text


Known = Annotated[str, Field(max_length=LONGEST), AfterValidator(_edition)]


class Filters(Paged):
    edition: Known = Field(description="key of the edition: figures of several are not joined")
    country: Country | None = narrow("country or territory: ISO 3166-1 code, name or alias")
    series: Text | None = narrow("code of a series, such as SI_COV_PENSN")
    family: Family | None = narrow("what the figure is about")
    year: Year | None = narrow("calendar year")
    sex: Sex | None = narrow("total, female or male")


@router.get("/values", response=Page[CoverageValue], summary="Figures of an edition")
def values(request: HttpRequest, asked: Query[Filters]) -> Any:
    """The figures of one edition that meet every filter, by country, series, year and sex."""
    found = meeting(Value.objects.filter(edition__key=asked.edition, edition__withdrawn_by=""), country=asked.country,
                    series=asked.series,
                    family=asked.family, year=asked.year, sex=asked.sex)
    return page_of(request, asked, found, lambda rows: [_told(one, asked.edition) for one in rows])


def _told(one: Value, edition: str) -> dict[str, Any]:
    alike = ("family", "series", "item", "year", "sex", "age_group", "disability", "area", "printed", "unit", "bound", "status",
             "nature",
             "source", "footnote", "definition", "records")
    numbers: dict[str, Decimal | None] = {name: getattr(one, name) for name in ("value", "numerator", "denominator", "weight")}
    return {"edition": edition, "country": one.country_id, "country_name": COUNTRIES[one.country_id].name(),
            "series_label": series_name(one.family, one.series), **{name: getattr(one, name) for name in alike},
            **{name: number(value) for name, value in numbers.items()}}
