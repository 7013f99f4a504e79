"""The costing studio's recalculation against the bare call of the engine: ``python -m benchmarks.studio``.

A lever is moved and the answer of the page is asked for, over and over, each time with another amount, so that nothing is
remembered; beside it the engine is called with the same schemes, people and years. The promise: at most three times as long.
``--write`` copies the table to docs.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import django

from benchmarks import published
from benchmarks.measuring import Measure, in_turn, table

MOST = 3.0
AGAIN = 20  # recalculations that are measured at a time
TIMES = 5
YEARS = range(2025, 2051)
ONE, SEVERAL = ("xut-child-grant",), ("xut-child-grant", "xut-disability-grant", "xut-old-age-grant")


ABOUT = f"""the whole answer of the
studio to a lever that moved (address read, schemes laid over, costed, drawn, written as a page) against the bare call of the
engine, on Utania's schemes over {len(YEARS)} years. The run fails where the ratio passes what is promised."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.studio", description=__doc__)
    parser.add_argument("--write", action="store_true", help="copy the table to docs/reference/benchmarks.md")
    options = parser.parse_args()
    with TemporaryDirectory(prefix="socle-studio-", ignore_cleanup_errors=True) as folder:
        os.environ |= {"DJANGO_SETTINGS_MODULE": "socle_web.project.settings", "ALLOWED_HOSTS": "testserver",
                       "DATABASE_URL": f"sqlite:///{Path(folder, 'studio.sqlite3')}", "SOCLE_HOME": folder, "SOCLE_HTTP": "1"}
        django.setup()
        measures = list(_measured())
    text = table(measures)
    print(text)
    if options.write:
        published.write("studio", ABOUT, text)
    return 0 if all(measure.kept for measure in measures) else 1


def _measured() -> Iterator[Measure]:
    from django.core.cache import cache  # after django.setup()  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    from socle import costing, datasets  # noqa: PLC0415
    from socle.schemes import Scheme  # noqa: PLC0415
    from socle_web.schemes import actions  # noqa: PLC0415
    from socle_web.schemes.actions.loading import Brought  # noqa: PLC0415
    from socle_web.schemes.models import Version  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    utania = datasets.made_up("XUT")
    actions.load([Brought(path, text, kind="economy" if path == "economy.toml" else "scheme") for path, text in utania.files.items()
                  if path.endswith(("/scheme.toml", "economy.toml"))], by="a benchmark", source="benchmark")
    economy = Version.objects.get(kind="economy")
    client, amounts = Client(), count(1)
    for ids in (ONE, SEVERAL):
        versions = [Version.objects.get(key=one) for one in ids]
        schemes = [utania.scheme(one) for one in ids]
        tier = schemes[0].benefits[0].tier
        asked = "".join(f"&s={version.pk}" for version in versions)
        address = f"/schemes/studio/?country=XUT&start={YEARS[0]}&end={YEARS[-1]}&economy={economy.pk}{asked}"

        def page(address: str = address, lever: str = f"{versions[0].pk}.amount.{tier}") -> None:
            for _ in range(AGAIN):
                cache.clear()
                answer = client.get(f"{address}&{lever}={next(amounts)}", headers={"hx-target": "outcome"})
                assert answer.status_code == 200 and b"<svg" in answer.content  # noqa: PT018

        def engine(schemes: list[Scheme] = schemes) -> None:
            for _ in range(AGAIN):
                first = schemes[0]
                amount = replace(first.benefits[0], amount=float(next(amounts)))
                moved = replace(first, benefits=(amount, *first.benefits[1:]))
                costing.project([moved, *schemes[1:]], utania.population, utania.economy, years=YEARS,
                                options=costing.Options(base_year=YEARS[0]))

        yield _beside(f"the studio answers: {len(ids)} of Utania's schemes, {len(YEARS)} years", page, engine)


def _beside(what: str, ours: Callable[[], None], other: Callable[[], None]) -> Measure:
    ours()
    other()
    mine, bare = in_turn(ours, other, times=TIMES)
    return Measure(what, "sqlite", mine / AGAIN, bare / AGAIN, "costing.project", MOST)


if __name__ == "__main__":
    sys.exit(main())
