"""Due dates as calendars exchange them (RFC 5545)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta

from django.utils.translation import gettext as _

from socle_web.desk.models import Round

OCTETS = 75  # a line is no longer


def written(rounds: Iterable[Round], *, site: str, address: Callable[[int], str]) -> str:
    """One event a round, on the day it is due, with a reminder a week before."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Socle//Reporting rounds//EN", "CALSCALE:GREGORIAN"]
    for one in rounds:
        lines += [
            "BEGIN:VEVENT", f"UID:round-{one.pk}@{site}", f"DTSTAMP:{one.made_at:%Y%m%dT%H%M%SZ}",
            f"DTSTART;VALUE=DATE:{one.due_on:%Y%m%d}", f"DTEND;VALUE=DATE:{one.due_on + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{escaped(_('Due: %(what)s') % {'what': one.title})}", f"URL:{address(one.pk)}",
            f"DESCRIPTION:{escaped(', '.join(duty.country.name for duty in one.duties.all()))}",
            "BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-P7D", f"DESCRIPTION:{escaped(one.title)}", "END:VALARM", "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in folded(line))


def escaped(text: str) -> str:
    for letter in ("\\", ";", ","):
        text = text.replace(letter, f"\\{letter}")
    return text.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "")


def folded(line: str) -> Iterator[str]:
    """A long line goes on in the next, which begins with a space; letters are never cut."""
    part = ""
    for letter in line:
        if len((part + letter).encode()) > OCTETS:
            yield part
            part = " "
        part += letter
    yield part
