"""What may be asked: the parameters of the addresses, checked all at once.

An unknown or repeated parameter is refused: a misspelt filter would otherwise give every row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Annotated, Any, Literal, Self

from django.http import QueryDict
from django.utils.translation import gettext as _
from pydantic import (
    AfterValidator,
    BaseModel,
    Field,
    ModelWrapValidatorHandler,
    ValidationError,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import InitErrorDetails, PydanticCustomError

from socle.errors import InputError
from socle.vocabulary import FIRST_YEAR, LAST_YEAR, Period, code_list
from socle.vocabulary import country as country_of
from socle_web.results.models import BY_SHEET

LONGEST = 200  # characters of a word; keys and names are shorter
MOST = 1000    # rows of a page


class Asked(BaseModel):
    """The parameters of every address."""

    lang: Literal["en", "fr", "es"] | None = Field(
        None, description="language of names, labels and sentences; otherwise by Accept-Language, or English"
    )

    @model_validator(mode="wrap")
    @classmethod
    def _everything_at_once(cls, data: Any, validate: ModelWrapValidatorHandler[Self], info: ValidationInfo) -> Self:
        query: QueryDict = info.context["request"].GET if info.context else QueryDict()
        wrong = list(_strange(query, cls.model_fields))
        try:
            asked = validate({name: value for name, value in data.items() if "\x00" not in str(value)})
        except ValidationError as error:
            wrong += [_explained(one) for one in error.errors()]
        if wrong:
            raise ValidationError.from_exception_data(cls.__name__, wrong)
        return asked


class Paged(Asked):
    """The parameters of every list."""

    page: int = Field(1, ge=1, le=1_000_000, description="number of the page, from 1")
    limit: int = Field(100, ge=1, le=MOST, description=f"rows of a page, at most {MOST}")


def _strange(query: QueryDict, known: Mapping[str, object]) -> Iterator[InitErrorDetails]:
    for name, values in query.lists():
        if name not in known:
            yield _wrong("unknown_parameter", name, values[0], _("There is no parameter {name} here.").format(name=name),
                         _("Use one of: {names}.").format(names=", ".join(known)))
        elif len(values) > 1:
            yield _wrong("repeated_parameter", name, ", ".join(values), _("{name} is given more than once.").format(name=name),
                         _("Give it once, and ask again for the other value."))
        elif "\x00" in values[0]:
            yield _wrong("not_text", name, values[0], _("{name} holds a character that no text has.").format(name=name),
                         _("Leave out the NUL character."))


def _explained(error: Any) -> InitErrorDetails:
    """A finding of pydantic's, in our words."""
    name, given, limits = str(error["loc"][-1]) if error["loc"] else "", error["input"], error.get("ctx", {})
    if "what" in limits:
        return _wrong(error["type"], name, given, limits["what"], limits["remedy"])
    match error["type"]:
        case "missing":
            return _wrong("missing", name, None, _("{name} is missing.").format(name=name), _("Give it."))
        case "int_parsing" | "int_parsing_size" | "int_from_float":
            return _wrong("not_a_number", name, given, _("“{value}” is not a whole number.").format(value=_short(given)),
                          _("Write a whole number."))
        case "greater_than_equal" | "less_than_equal":
            return _wrong("out_of_range", name, given, _("{name} cannot be {value}.").format(name=name, value=_short(given)),
                          _("Write a number from {ge}.").format(ge=limits["ge"]) if "ge" in limits
                          else _("Write a number up to {le}.").format(le=limits["le"]))
        case "string_too_long":
            return _wrong("too_long", name, given, _("{name} is too long.").format(name=name),
                          _("Write at most {n} characters.").format(n=limits["max_length"]))
    expected = limits.get("expected", "").replace("'", "")
    return _wrong("unknown_code", name, given, _("{name} cannot be “{value}”.").format(value=_short(given), name=name),
                  _("Use one of: {names}.").format(names=expected) if expected else error["msg"])


def _wrong(code: Any, name: str, value: object, what: str, remedy: str) -> InitErrorDetails:
    said = {"what": what, "remedy": remedy, "value": None if value is None else _short(value)}
    return InitErrorDetails(type=PydanticCustomError(code, "{what}", said), loc=(name,), input=value)


def _short(value: object) -> str:
    text = str(value).replace("\x00", "\N{SYMBOL FOR NULL}")
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _or_wrong(read: Callable[[str], Any]) -> AfterValidator:
    """What ``read`` makes of the text; an error to mend is a wrong parameter."""

    def check(text: str) -> Any:
        try:
            return read(text)
        except InputError as error:
            raise PydanticCustomError(error.code, "{what}", {"what": error.what, "remedy": error.remedy}) from error

    return AfterValidator(check)


def _code(name: str) -> Any:
    """A code of the list of that name."""
    codes = code_list(name)
    said = WithJsonSchema({"type": "string", "enum": list(codes)})
    return Annotated[str, Field(max_length=LONGEST), _or_wrong(lambda text: codes.require(text).code), said]


def _key(sheet: str) -> Any:
    """The key of a row of that sheet."""

    def read(text: str) -> str:
        model: Any = BY_SHEET[sheet]
        if not model.objects.filter(key=text).exists():
            raise InputError(_("There is no {record}.").format(record=f"{sheet}:{_short(text)}"),
                             remedy=_("/api/v1/{sheet} lists what there is.").format(sheet=sheet))
        return text

    return Annotated[str, Field(max_length=LONGEST), _or_wrong(read)]


def _day(text: str) -> date:
    return Period.parse(text).end


Country = Annotated[str, Field(max_length=LONGEST), _or_wrong(lambda text: country_of(text).alpha3)]
Day = Annotated[str, Field(max_length=LONGEST), _or_wrong(_day)]
Year = Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)]
Text = Annotated[str, Field(max_length=LONGEST)]

Region, Step, Branch, Theme, ImpactKind = map(_code, ("REGIONS", "STEPS", "BRANCHES", "THEMES", "IMPACT_KINDS"))
PartnerKind, ProjectKind, OutputKind = map(_code, ("PARTNER_KINDS", "PROJECT_KINDS", "OUTPUT_KINDS"))
Measure, Status, FundingStatus = map(_code, ("MEASURES", "STATUSES", "FUNDING_STATUSES"))
Indicator, Counts, Response = map(_code, ("AGGREGATE_INDICATORS", "AGGREGATE_COUNTS", "RESPONSES"))
Ratified = _code("RATIFICATION_STATUSES")
Phase, Partner, Project, Change, Impact = map(_key, ("phases", "partners", "projects", "changes", "impacts"))


def narrow(meaning: str) -> Any:
    """A parameter that may be left out."""
    return Field(None, description=meaning)


COUNTRY = narrow("country or territory: ISO 3166-1 code, name or alias")
REGION = narrow("ILO region of the country")
YEAR = narrow("calendar year in which the row's period ends")
PARTNER = narrow("changes this partner took part in: named, or paying for a project that contributed")
