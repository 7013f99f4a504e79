"""Files appear whole or not at all: written beside their place, then put there in one step."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from socle.errors import Unreadable
from socle.vocabulary import say


@contextmanager
def appearing_whole(path: Path) -> Iterator[Path]:
    """A path to write to. It becomes ``path`` when the block ends well and vanishes when it does not.

    A link keeps leading where it led; what is no file (a device such as ``/dev/null``, a pipe) is written to and stays what it is.
    """
    path = Path(os.path.realpath(path))
    if path.exists() and not (path.is_file() or path.is_dir()):
        yield path
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir():
            raise IsADirectoryError(path)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}-", suffix=path.suffix)
    except OSError as error:
        raise Unreadable(say("{path} cannot be written: {reason}.", path=path, reason=error.strerror or say("it is a folder")),
                         remedy=say("Choose another place.")) from None
    os.close(handle)
    beside = Path(name)
    try:
        yield beside
        umask = os.umask(0)
        os.umask(umask)
        beside.chmod(0o666 & ~umask)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def write_file(path: Path | str, content: bytes) -> None:
    write_files(Path(path).parent, {Path(path).name: content})


def write_files(folder: Path | str, files: Mapping[str, bytes]) -> None:
    """Files by name, all of them or none; other files of the folder stay."""
    with ExitStack() as whole:
        for name, content in files.items():
            whole.enter_context(appearing_whole(Path(folder) / name)).write_bytes(content)
