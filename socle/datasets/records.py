"""Unit records as a table of Ibis: files that DuckDB reads by itself, piece by piece, or columns in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from socle.errors import Finding, Unreadable
from socle.vocabulary import say

READ = (".csv", ".parquet")
#: Rows of a CSV file that say what its columns hold: to look at all takes longer than to count.
LOOKED_AT = 100_000


def read_records(source: Path | str | Mapping[str, Sequence[Any]], *, look_at: int | None = LOOKED_AT) -> Any:
    """A table of Ibis: of a CSV file (UTF-8, comma, a header), a Parquet file, or columns. Nothing is read yet but the header and,
    of a CSV file, what the columns of its first ``look_at`` rows hold (None: of all); a file larger than the memory is no matter.
    ``Unreadable`` says what is wrong with it.
    """
    import duckdb  # noqa: PLC0415 - see decision 0016
    import ibis  # type: ignore[import-untyped]  # noqa: PLC0415 - Ibis takes a third of a second to import, and few read records
    import pyarrow  # type: ignore[import-untyped]  # noqa: PLC0415 - as Ibis

    if isinstance(source, Mapping):
        return ibis.memtable(pyarrow.table({name: pyarrow.array(values) for name, values in source.items()}))
    path = Path(source)
    if path.suffix.lower() not in READ:
        raise Unreadable(say("{name} is neither CSV nor Parquet.", name=path.name), where={"sheet": path.name},
                         remedy=say("Save the records as CSV or as Parquet."))
    if not path.is_file():
        raise Unreadable(say("There is no {path}.", path=path), remedy=say("Check the path."))
    engine = ibis.duckdb.connect()
    engine.raw_sql("SET enable_progress_bar = false")
    try:
        if path.suffix.lower() == ".parquet":
            return engine.read_parquet(str(path), table_name="records")
        return engine.read_csv(str(path), table_name="records", header=True, delim=",", quote='"', skip=0,
                               sample_size=look_at or -1)
    except duckdb.Error as error:
        raise unreadable_records(path, error) from None


def unreadable_records(path: Path, error: Exception) -> Unreadable:
    """The refusal of a file that the engine stumbled over, when it was opened or later."""
    what = say("{name} cannot be read: {reason}.", name=path.name, reason=str(error).strip().splitlines()[0].rstrip("."))
    remedy = say("Check that it has a header and the same number of cells in every row, in UTF-8.")
    return Unreadable(what, remedy=remedy, findings=[Finding("error", path.name, None, None, None, "unreadable", what, remedy)])
