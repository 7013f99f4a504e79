"""The interface against its own description: schemathesis asks everything it can think of, and finds nothing.

The examples are the same every time. Reading and writing are asked with a token for Kenya and the made-up countries.
"""

from __future__ import annotations

from itertools import count

import pytest
import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import Status, events, from_schema
from schemathesis.engine.context import EngineContext

from socle_web.api import limiting
from socle_web.places.models import Country, Mandate
from socle_web.project.wsgi import application
from tests.contracts.interface import description, load_made_up
from tests.contracts.partners import Partner

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

EXAMPLES = 10  # of each operation, beside those of the limits of every value
REFUSED = [200, 201, 204, 400, 401, 403, 404, 409, 413, 415, 422]  # what the schema allows and a rule of the house may refuse
KEYS = count(1)


def config(token):
    return SchemathesisConfig.from_dict({
        "auth": {"openapi": {"Token": {"bearer": token}}},
        "seed": 1,
        "workers": 1,
        "generation": {"max-examples": EXAMPLES, "deterministic": True, "database": "none"},
        "checks": {"positive_data_acceptance": {"expected-statuses": REFUSED}},
        "phases": {"stateful": {"max-steps": 3}},
    })


def unpacked(environ, start_response):
    """The site, which never packs what it answers: this client does not unpack it."""
    environ.pop("HTTP_ACCEPT_ENCODING", None)
    return application(environ, start_response)


@schemathesis.hook
def before_call(context, case, kwargs):
    """A good key of a request is made one of its own: otherwise most requests would be told that it was used."""
    if case.headers and 0 < len(str(case.headers.get("Idempotency-Key", ""))) <= 200:
        case.headers["Idempotency-Key"] = f"{next(KEYS)}"


HOW_TO_SEND = EngineContext.get_transport_kwargs


def how_to_send(self, operation=None):
    """The headers only: schemathesis 4.32 hands WSGI what only a network knows (certificates, redirects)."""
    return {"headers": HOW_TO_SEND(self, operation)["headers"]}


def test_schemathesis_finds_nothing(monkeypatch):
    load_made_up()
    for name in ("WRITES", "READS", "WRONG"):
        monkeypatch.setattr(limiting, name, 10**9)
    partner = Partner("owner")
    for country in Country.objects.filter(pk__startswith="X"):
        Mandate.objects.create(user=partner.user, country=country, given_by="administrator")
    partner.enter(country="XUT")
    partner.enter({"record": "changes:C02", "kind": "document", "title": "The law"}, sheet="evidence")
    monkeypatch.setattr(EngineContext, "get_transport_kwargs", how_to_send)
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", unpacked, config=config(partner.token))
    found, asked = [], set()
    for event in from_schema(schema).execute():
        if isinstance(event, events.ScenarioFinished):
            asked.add(event.label)
            failed = (check for checks in event.recorder.checks.values() for check in checks if check.status is Status.FAILURE)
            found += [f"{check.name}: {check.failure_info.failure.message}\n{check.failure_info.code_sample}" for check in failed]
        elif isinstance(event, events.NonFatalError | events.FatalError):
            found.append(repr(getattr(event, "value", event)))
    assert not found, "\n\n".join(found)
    assert {f"{method.upper()} {path}" for path, item in description()["paths"].items() for method in item} <= asked
