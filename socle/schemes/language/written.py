"""The tree of a rule, written as text again: as few parentheses as its meaning needs."""

from __future__ import annotations

from decimal import Decimal

from socle.schemes.language.expressions import (
    And,
    Arithmetic,
    Call,
    Choice,
    Compare,
    Day,
    Expression,
    Fact,
    Household,
    In,
    Lookup,
    Negative,
    Not,
    Number,
    Or,
    Today,
    Truth,
    Word,
)

_CHOICE, _OR, _AND, _NOT, _COMPARE, _SUM, _PRODUCT, _MINUS, _ALONE = range(9)


def written(expression: Expression) -> str:
    """The text that ``parse_rule`` reads back to the same tree."""
    return _text(expression, _CHOICE)


def _text(expression: Expression, least: int) -> str:
    level, text = _parts(expression)
    return f"({text})" if level < least else text


def _parts(e: Expression) -> tuple[int, str]:
    match e:
        case Number(value):
            return (_MINUS if value < 0 else _ALONE), number_text(value)
        case Truth(value):
            return _ALONE, "true" if value else "false"
        case Day(value):
            return _ALONE, day_text(value)
        case Word(value):
            return _ALONE, f"'{value}'" if '"' in value else f'"{value}"'
        case Fact(name):
            return _ALONE, name
        case Today():
            return _ALONE, "today"
        case Compare(op, left, right):
            return _COMPARE, f"{_text(left, _SUM)} {op} {_text(right, _SUM)}"
        case In(item, options):
            return _COMPARE, f"{_text(item, _SUM)} in ({', '.join(_text(option, _CHOICE) for option in options)})"
        case And(parts):
            return _AND, " and ".join(_text(part, _NOT) for part in parts)
        case Or(parts):
            return _OR, " or ".join(_text(part, _AND) for part in parts)
        case Not(In(item, options)):
            return _COMPARE, f"{_text(item, _SUM)} not in ({', '.join(_text(option, _CHOICE) for option in options)})"
        case Not(part):
            return _NOT, f"not {_text(part, _NOT)}"
        case Arithmetic(op, left, right):
            level = _SUM if op in "+-" else _PRODUCT
            return level, f"{_text(left, level)} {op} {_text(right, level + 1)}"
        case Negative(part):
            # -5 is read as the number; the minus of a number that stands alone is written -(5)
            inside = f"({number_text(part.value)})" if isinstance(part, Number) and part.value >= 0 else _text(part, _MINUS)
            return _MINUS, f"-{inside}"
        case Choice(condition, then, otherwise):
            return _CHOICE, f"if {_text(condition, _OR)} then {_text(then, _OR)} else {_text(otherwise, _CHOICE)}"
    return _ALONE, _named(e)


def _named(e: Call | Lookup | Household) -> str:
    match e:
        case Call(function, arguments):
            return f"{function}({', '.join(_text(argument, _CHOICE) for argument in arguments)})"
        case Lookup(table, key):
            return f"{table}[{_text(key, _CHOICE)}]"
        case Household(over, each, where):
            parts = [each] if where is None else [each, where]
            return f"{over}(members, {', '.join(_text(part, _CHOICE) for part in parts)})"


def number_text(value: float) -> str:
    """Digits, never an exponent: the shortest that are the same double."""
    exact = Decimal(repr(value))
    return format(exact.to_integral_value() if exact == exact.to_integral_value() else exact, "f")


def day_text(value: int) -> str:
    """``2024-02-28`` of 20240228."""
    return f"{value // 10000:04}-{value // 100 % 100:02}-{value % 100:02}"
