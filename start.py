"""Socle in one command: tools, environment, database, the real programme data, and a page to look at.

    python3 start.py [serve] [--host 127.0.0.1] [--port 8000]   set up, load the data, serve the site
    python3 start.py test [arguments of pytest]                 set up with the test tools, run the whole test suite
    python3 start.py setup [--with web|test|dev]                only set up

Needs Python 3.11 or newer, pip, and a package index; everything it installs stays in this folder (.tools, .venv, var).
Run again, it does only what has changed.

Environment: SOCLE_INSTALLER=uv or =pip chooses the installer (otherwise uv, and pip where uv does not work);
PIP_INDEX_URL and UV_DEFAULT_INDEX name your own package index; what the site itself honours (DATABASE_URL, SOCLE_HTTP,
SECRET_KEY ...) is in docs/reference/settings.md.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036  (an older Python reads this file too, up to here)
    sys.exit("Socle needs Python 3.11 or newer; this is Python {}.{}.\nInstall a newer Python and run it by name, "
             "for example: python3.11 start.py".format(*sys.version_info))

import argparse
import hashlib
import json
import os
import shutil
import socket
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent
TOOLS = ROOT / ".tools"
VENV = ROOT / ".venv"
STAMP = VENV / "installed.json"
PROGRAMME = Path("catalogue", "programmes", "building-spf-for-all")
SCHEMES = Path("catalogue", "schemes")
MADE_UP = ("XUT", "XWE", "XVA", "XYO")
SETS = ("web", "test", "dev")  # each lock contains the one before it, with the same versions
PORT = 8000
PIP = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-warn-script-location",
       "--root-user-action", "ignore")
WINDOWS = os.name == "nt"


class Stop(Exception):
    """Why it cannot go on, and what to do about it."""


def main(arguments: list[str]) -> int:
    command = arguments.pop(0) if arguments and arguments[0] in COMMANDS else "serve"
    try:
        return COMMANDS[command](arguments)
    except Stop as stop:
        print(f"\n{stop}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def serve(arguments: list[str]) -> int:
    parser = _parser("serve", "Set up, load the real programme data, serve the site.")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
    parser.add_argument("--port", type=int, default=None, help=f"port (default: {PORT}, or a free one if it is taken)")
    asked = parser.parse_args(arguments)
    before = STAMP.exists()
    install("web")
    _step("database")
    _call(script("socle-web"), "migrate", "--verbosity", "0", why="The database could not be brought up to date.")
    if (ROOT / PROGRAMME).is_dir():
        _step(f"data: {PROGRAMME.name}")
        refused = _run(script("socle-web"), "load", PROGRAMME)
        if refused not in {0, 1}:
            if not before:
                raise Stop("The programme's data could not be loaded. Its reason is above.")
            print(STALE, file=sys.stderr)
    if (ROOT / SCHEMES).is_dir():
        _step(f"data: {SCHEMES.name}")
        if _run(script("socle-web"), "load_schemes", SCHEMES, "--made-up", "XUT") not in {0, 1}:
            print("The schemes of this folder were not taken over (the reason is above): the site shows those it had.",
                  file=sys.stderr)
    _step("data: coverage of made-up countries")
    if _run(script("socle-web"), "load_coverage", *(part for code in MADE_UP for part in ("--made-up", code))) not in {0, 1}:
        print("The coverage of the made-up countries was not taken over (the reason is above).", file=sys.stderr)
    port = free_port(asked.host, asked.port)
    where = "127.0.0.1" if asked.host in {"0.0.0.0", "::"} else asked.host  # noqa: S104
    print(f"\nSocle is at http://{where}:{port}/   (stop it with Ctrl+C)\n", flush=True)
    if asked.host not in {"127.0.0.1", "::1", "localhost"} and not os.environ.get("SOCLE_HTTP"):
        print("It sends everyone to HTTPS, which a proxy in front must answer (docs/how-to/deploy-behind-https.md). Without one:\n"
              "set SOCLE_HTTP=1, and ALLOWED_HOSTS to the names it goes by.\n", flush=True)
    command = [str(script("socle-web")), "serve", "--host", asked.host, "--port", str(port)]
    if not WINDOWS:  # become the server, so that signals reach it
        os.chdir(ROOT)
        os.execv(command[0], command)  # noqa: S606
    return _run(*command)


def test(arguments: list[str]) -> int:
    install("test")
    return _run(python(), "-m", "pytest", *arguments)


def setup(arguments: list[str]) -> int:
    parser = _parser("setup", "Set up and stop.")
    parser.add_argument("--with", dest="set", choices=SETS, default="web", help="what to install (default: web)")
    install(parser.parse_args(arguments).set)
    print(f"Ready: {VENV}")
    return 0


STALE = """
The data of this folder were not taken over (the reason is above): the site shows the records it had.
To begin again with the data alone, stop it, move var/socle.sqlite3* away, and run the same command."""

COMMANDS = {"serve": serve, "test": test, "setup": setup}


def install(wanted: str) -> None:
    """Bring ``.venv`` to what the lock of ``wanted`` says, unless it is there already."""
    before, now = _stamp(), {"home": [str(VENV), sys.version], "locks": locks_digest()}
    if before.items() >= now.items() and wanted in SETS[: SETS.index(before["set"]) + 1]:
        return
    _writable()
    if before and before["home"] != now["home"]:  # moved, or another Python: its scripts point to the old place
        shutil.rmtree(VENV)
    lock = ROOT / "requirements" / f"{wanted}.txt"
    tool = uv()
    if not python().exists():
        _step("virtual environment")
        made = tool and _quiet(tool, "venv", "--quiet", "--python", sys.executable, VENV) == 0
        if not made and _run(sys.executable, "-m", "venv", VENV):
            shutil.rmtree(VENV, ignore_errors=True)  # Debian leaves half of one, which would be taken for a whole one
            raise Stop("The virtual environment could not be made. Its reason is above. "
                       "On Debian and Ubuntu: apt-get install python3-venv")
    _step(f"packages ({wanted})")
    if tool and _packages([tool, "pip", "install", "--quiet", "--python", python()], lock) == 0:
        pass
    elif os.environ.get("SOCLE_INSTALLER") == "uv":
        raise Stop("uv could not install the packages (its reason is above).\n" + NETWORK)
    else:
        _quiet(python(), "-m", "ensurepip", "--upgrade")
        if _packages([python(), *PIP], lock):
            raise Stop("The packages could not be installed (the installer's reason is above).\n" + NETWORK)
    STAMP.write_text(json.dumps({"set": wanted, **now}), encoding="utf-8")


NETWORK = """\
If it says that nothing answers: this computer must reach the Python package index once. Check the connection or
the proxy (HTTPS_PROXY); where your organisation has an index of its own, set PIP_INDEX_URL and UV_DEFAULT_INDEX
to it. Then run the same command again: it goes on where it stopped."""


def uv() -> str | None:
    """The pinned uv in ``.tools``, fetched with pip the first time; None where it cannot be had."""
    if os.environ.get("SOCLE_INSTALLER") == "pip":
        return None
    pinned = ROOT / "requirements" / "tools.txt"
    found = TOOLS / "bin" / ("uv.exe" if WINDOWS else "uv")
    stamp, digest = TOOLS / "installed", hashlib.sha256(pinned.read_bytes()).hexdigest()
    if not (found.exists() and stamp.exists() and stamp.read_text(encoding="utf-8") == digest):
        _writable()
        _step("tools")
        shutil.rmtree(TOOLS, ignore_errors=True)
        if _run(sys.executable, *PIP, "--target", TOOLS, "--require-hashes", "-r", pinned):
            return None
        stamp.write_text(digest, encoding="utf-8")
    return str(found) if _quiet(found, "--version") == 0 else None


def python() -> Path:
    return script("python")


def script(name: str) -> Path:
    return VENV / ("Scripts" if WINDOWS else "bin") / (f"{name}.exe" if WINDOWS else name)


def locks_digest() -> str:
    """Changes when a lock or the project's own file does."""
    read = [*(ROOT / "requirements" / f"{name}.txt" for name in SETS), ROOT / "pyproject.toml"]
    return hashlib.sha256(b"".join(path.read_bytes() for path in read)).hexdigest()


def free_port(host: str, asked: int | None = None) -> int:
    """``asked``; without it ``PORT``, or one that nobody uses. Asked here because the server would share a taken port."""
    for port in (PORT, 0) if asked is None else (asked,):
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 0 if WINDOWS else 1)
            try:
                probe.bind((host, port))
            except (OSError, OverflowError) as error:
                if asked:
                    reason = str(getattr(error, "strerror", error)).rstrip(".")
                    raise Stop(f"Nothing can listen on port {asked} of {host}: {reason}.\n"
                               "Stop what listens there, or choose another --port; without one, a free port is found.") from None
                if port == 0:
                    raise Stop(f"Nothing can listen on {host} here: {error.strerror}. Try another --host.") from None
                continue
            return probe.getsockname()[1]
    raise AssertionError("unreachable")


def _packages(installer: list[object], lock: Path) -> int:
    return (_run(*installer, "--require-hashes", "-r", lock)
            or _run(*installer, "--no-deps", "--no-build-isolation", "--editable", ROOT))


def _stamp() -> dict:
    return json.loads(STAMP.read_text(encoding="utf-8")) if STAMP.exists() else {}


def _writable() -> None:
    try:
        probe = ROOT / ".writable"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise Stop(f"This folder cannot be written to ({error.strerror}): {ROOT}\n"
                   "Copy the repository to a folder of your own and run it there.") from None


def _parser(name: str, description: str) -> argparse.ArgumentParser:
    return argparse.ArgumentParser(prog=f"start.py {name}", description=description)


def _step(name: str) -> None:
    print(f"· {name}", flush=True)


def _call(*command: object, why: str, fine: tuple[int, ...] = (0,)) -> None:
    if _run(*command) not in fine:
        raise Stop(f"{why} Its reason is above.")


def _run(*command: object) -> int:
    return subprocess.run([str(part) for part in command], cwd=ROOT).returncode


def _quiet(*command: object) -> int:
    try:
        return subprocess.run([str(part) for part in command], cwd=ROOT, capture_output=True).returncode
    except OSError:
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
