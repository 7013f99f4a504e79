"""Known vulnerabilities of what is locked: ``python scripts/audit_dependencies.py``.

Asks an advisory service about every package of ``requirements/web.txt`` (pip-audit). A vulnerability fails the build. Where no
service can be reached, nothing was audited: that is said as loudly as a script can, and is no pass of an audit.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements" / "web.txt"


def main() -> int:
    asked = subprocess.run(
        [sys.executable, "-m", "pip_audit", "-r", str(LOCK), "--disable-pip", "--require-hashes", "--format", "json",
         "--progress-spinner", "off"],
        capture_output=True, text=True, check=False, timeout=300,
    )
    try:
        packages = json.loads(asked.stdout)["dependencies"]
    except (ValueError, KeyError):
        print(asked.stderr[-2000:], file=sys.stderr)
        packages = []
    audited = [package for package in packages if "vulns" in package]
    for package in audited:
        for found in package["vulns"]:
            mended = ", ".join(found["fix_versions"]) or "no release"
            print(f"{package['name']} {package['version']}: {found['id']}, mended in {mended}")
    if not audited:
        print("NOT AUDITED: no advisory service could be reached from here. Run this where one can be.")
        return 0
    left = len(packages) - len(audited)
    print(f"{len(audited)} packages audited, {left} unknown to the service.")
    return int(any(package["vulns"] for package in audited))


if __name__ == "__main__":
    sys.exit(main())
