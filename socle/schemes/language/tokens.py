"""A rule, cut into its words: each with the place where it stands."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from socle.vocabulary import say

Kind = Literal["number", "day", "quoted", "word", "sign", "end"]
#: code of the finding, first and last character (from 0, the last excluded), message, remedy
Tell = Callable[[str, int, int, str, str], None]

LARGEST_NUMBER = 1e15
LONGEST_WORD = 100

_PIECE = re.compile(r"""
    (?P<space>\s+)
  | (?P<day>\d{4}-\d{1,2}-\d{1,2}(?!\w))
  | (?P<number>\d[\d_]*(?:\.\d[\d_]*)?%?)
  | (?P<quoted>"[^"\n]*"|'[^'\n]*')
  | (?P<typeset>[“”„«‘’][^“”„«»‘’"'\n]*[“”»‘’])
  | (?P<word>[^\W\d]\w*)
  | (?P<twofold>&&|\|\||<>|=<|=>|\*\*)
  | (?P<sign><=|>=|==|!=|[-+*/<>()\[\],])
  | (?P<foreign>[=≥≤≠×·÷−–!&|≡%.;])
  | (?P<unclosed>["'][^"'\n]*)
  | (?P<remark>\#[^\n]*)
""", re.VERBOSE)

#: What people write for a sign of the language, and what it is.
_MEANT = {"=": "==", "&&": "and", "&": "and", "||": "or", "|": "or", "<>": "!=", "≠": "!=", "≥": ">=", "=>": ">=", "≤": "<=",
          "=<": "<=",
          "×": "*", "·": "*", "÷": "/", "−": "-", "–": "-", "!": "not", "≡": "=="}
_WORDS_MEANT = {word.upper(): word for word in ("and", "or", "not", "in", "if", "then", "else", "true", "false", "today")} | {
    word.title(): word for word in ("and", "or", "not", "in", "if", "then", "else", "true", "false", "today")}


@dataclass(frozen=True, slots=True)
class Token:
    """``text`` is what it means, ``start`` and ``end`` where it stands; ``value`` of a number, a day (as a whole number) or a
    quoted word."""

    kind: Kind
    text: str
    start: int
    end: int
    value: float | int | str | None = None


def cut(text: str, tell: Tell) -> list[Token]:
    """The tokens of a rule, the last of kind ``end``. What is no word of the language is told, and what was meant stands there."""
    found: list[Token] = []
    at = 0
    while at < len(text):
        piece = _PIECE.match(text, at)
        if piece is None:
            _tell_stray(text, at, tell)
            at += 1
            continue
        end = piece.end()
        token = _token(str(piece.lastgroup), piece.group(), at, end, tell)
        if token is not None:
            if token.kind == "number" and (rest := re.compile(r"\w+").match(text, end)):
                end = rest.end()
                tell("rule_number", at, end, say("A number ends where letters begin: “{value}”.", value=text[at:end][:50]),
                     say("Write the number in digits and put a space after it; 1e6 is written 1_000_000."))
            found.append(token)
        at = end
    return [*found, Token("end", "", len(text), len(text))]


def _token(group: str, written: str, start: int, end: int, tell: Tell) -> Token | None:
    if group == "space":
        return None
    if group == "number":
        return Token("number", written, start, end, _number(written, start, end, tell))
    if group == "day":
        return Token("day", written, start, end, _day(written, start, end, tell))
    if group in ("quoted", "typeset"):
        return Token("quoted", written, start, end, _quoted(group, written, start, end, tell))
    if group == "unclosed":
        tell("rule_spelling", start, end, say("A quote is opened and not closed."),
             say("Write a code between two straight quotes: \"rural\"."))
        return Token("quoted", written, start, end, written[1:].strip())
    if group == "remark":
        tell("rule_spelling", start, end, say("A remark stands inside the rule."), say("Put it into the file, above the rule."))
        return None
    if group in ("foreign", "twofold"):
        return _foreign(written, start, end, tell)
    if group == "word" and written in _WORDS_MEANT:
        meant = _WORDS_MEANT[written]
        tell("rule_spelling", start, end, say("“{value}” is written in small letters.", value=written),
             say("Write {meant}.", meant=meant))
        return Token("word", meant, start, end)
    return Token("word" if group == "word" else "sign", written, start, end)


def _foreign(written: str, start: int, end: int, tell: Tell) -> Token | None:
    meant = _MEANT.get(written)
    if meant is None:
        tell("rule_spelling", start, end, say("“{value}” is no sign of the language.", value=written),
             say("A share is written 40% or 0.4, a decimal with a point between digits; see docs/reference/rule-language.md."))
        return None
    remedy = (say("Write == to compare: one = is used for nothing.") if written == "="
              else say("Write {meant}.", meant=meant))
    tell("rule_spelling", start, end, say("“{value}” is no sign of the language.", value=written), remedy)
    return Token("word" if meant.isalpha() else "sign", meant, start, end)


def _number(written: str, start: int, end: int, tell: Tell) -> float:
    digits = written.rstrip("%")
    if "__" in digits or digits.endswith("_") or "_." in digits or len(digits) > 40:
        tell("rule_number", start, end, say("“{value}” is not a number.", value=written[:50]),
             say("Write digits, such as 1500, 1_500 or 0.4, at most fifteen of them before the point."))
        return 1.0
    whole, _, decimals = digits.replace("_", "").partition(".")
    # the point is moved in the text, so that 40% is exactly the double 0.4
    value = float(f"{whole}.{decimals or 0}e-2") if written.endswith("%") else float(f"{whole}.{decimals or 0}")
    if value >= LARGEST_NUMBER:
        tell("rule_number", start, end, say("“{value}” is too large a number.", value=written),
             say("Write digits, such as 1500, 1_500 or 0.4, at most fifteen of them before the point."))
        return 1.0
    return value


def _day(written: str, start: int, end: int, tell: Tell) -> int:
    year, month, day = map(int, written.split("-"))
    try:
        date(year, month, day)
    except ValueError:
        tell("rule_day", start, end, say("“{value}” is no day of the calendar.", value=written),
             say("Write a day such as 2024-02-28."))
    else:
        if len(written) != 10:
            tell("rule_day", start, end, say("“{value}” is not written like a day.", value=written),
                 say("Write {day}; put spaces around the signs if you mean to subtract.", day=f"{year:04}-{month:02}-{day:02}"))
    return 10000 * year + 100 * month + day


def _quoted(group: str, written: str, start: int, end: int, tell: Tell) -> str:
    word = written[1:-1]
    if group == "typeset":
        tell("rule_spelling", start, end, say("A code stands in straight quotes."),
             say("Write {meant}.", meant=f'"{word.strip()}"'))
        return word.strip()
    if not word.strip() or word != word.strip() or len(word) > LONGEST_WORD or not word.isprintable() or "\\" in word:
        tell("rule_spelling", start, end, say("“{value}” is not a code.", value=word[:50]),
             say("Write a code of the fact in quotes, without spaces around it."))
    return word.strip()


def _tell_stray(text: str, at: int, tell: Tell) -> None:
    sign = text[at]
    name = unicodedata.name(sign, "U+" + format(ord(sign), "04X"))
    shown = sign if sign.isprintable() else f"U+{ord(sign):04X}"
    tell("rule_spelling", at, at + 1, say("The character “{value}” ({name}) has no meaning in a rule.", value=shown, name=name),
         say("Take it out. The words and signs of the language are in docs/reference/rule-language.md."))
