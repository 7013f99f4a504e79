"""The costing studio's recalculation against the bare call of the engine: ``python -m benchmarks.studio``.

A lever is moved and the answer of the page is asked for, over and over, each time with another amount, so that nothing is
remembered; beside it the engine is called with the same schemes, people and years. The promise: at most three times as long.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import django

from benchmarks.measuring import Measure, in_turn, table

MOST = 3.0
AGAIN = 20  # recalculations that are measured at a time
TIMES = 5
YEARS = range(2025, 2051)
GRANT = """\
id = "{id}"
country = "KEN"
name = {{ en = "{id}" }}
branch = "family"
guarantee = "children"
contributory = false
unit = "person"
institution = "Nobody: a benchmark"
currency = "KES"

[[eligibility]]
part = "age"
from = 2020-01-01
rule = "{rule}"
source = "A benchmark, 1"

[[benefit]]
tier = "grant"
from = 2020-01-01
amount = 1000
per = "month"
source = "A benchmark, 2"

[administration]
share = 0.05
of = "benefits"
source = "A benchmark, 3"
"""
RULES = {"for-children": "age < 5", "for-mothers": "age >= 18 and age < 30", "for-the-old": "age >= 70"}


def main() -> int:
    with TemporaryDirectory(prefix="socle-studio-", ignore_cleanup_errors=True) as folder:
        os.environ |= {"DJANGO_SETTINGS_MODULE": "socle_web.project.settings", "ALLOWED_HOSTS": "testserver",
                       "DATABASE_URL": f"sqlite:///{Path(folder, 'studio.sqlite3')}", "SOCLE_HOME": folder, "SOCLE_HTTP": "1"}
        django.setup()
        measures = list(_measured())
    print(table(measures))
    return 0 if all(measure.kept for measure in measures) else 1


def _measured() -> Iterator[Measure]:
    from django.core.cache import cache  # after django.setup()  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    from socle import costing, schemes  # noqa: PLC0415
    from socle_web.schemes import actions, bridge  # noqa: PLC0415
    from socle_web.schemes.actions.loading import Brought  # noqa: PLC0415
    from socle_web.schemes.models import Version  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    texts = {name: GRANT.format(id=name, rule=rule) for name, rule in RULES.items()}
    actions.load([Brought(name, text) for name, text in texts.items()], by="a benchmark", source="benchmark")
    client, people, amounts = Client(), bridge.people_of("KEN"), count(1)
    for names in (["for-children"], list(RULES)):
        versions = list(Version.objects.filter(key__in=names).order_by("key"))
        read = [schemes.parse(texts[version.key]).required() for version in versions]
        asked = "".join(f"&s={version.pk}" for version in versions)
        address = f"/schemes/studio/?country=KEN&start={YEARS[0]}&end={YEARS[-1]}{asked}"

        def page(address: str = address, key: int = versions[0].pk) -> None:
            for _ in range(AGAIN):
                cache.clear()
                answer = client.get(f"{address}&{key}.amount.grant={next(amounts)}", headers={"hx-target": "outcome"})
                assert answer.status_code == 200 and b"<svg" in answer.content  # noqa: PT018

        def engine(read: list[schemes.Scheme] = read) -> None:
            for _ in range(AGAIN):
                first = replace(read[0], benefits=(replace(read[0].benefits[0], amount=float(next(amounts))),))
                costing.project([first, *read[1:]], people, None, years=YEARS, options=costing.Options(base_year=YEARS[0]))

        yield _beside(f"the studio answers: {len(names)} scheme(s), {len(YEARS)} years", page, engine)


def _beside(what: str, ours: Callable[[], None], other: Callable[[], None]) -> Measure:
    ours()
    other()
    mine, bare = in_turn(ours, other, times=TIMES)
    return Measure(what, "sqlite", mine / AGAIN, bare / AGAIN, "costing.project", MOST)


if __name__ == "__main__":
    sys.exit(main())
