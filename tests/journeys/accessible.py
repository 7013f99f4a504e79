"""What axe finds wrong with a page. The script is put into a page once, and only what is wrong comes back."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe


def violations(page, *, also="", but="") -> list[dict]:
    rules = {rule: {"enabled": enabled} for rule, enabled in ((also, True), (but, False)) if rule}
    if page.evaluate("typeof window.axe") == "undefined":
        page.evaluate(Axe().axe_script)
    return page.evaluate("options => axe.run(options).then(found => found.violations)", {"resultTypes": ["violations"], "rules": rules})
