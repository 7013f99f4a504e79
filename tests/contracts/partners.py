"""Other systems of the tests: two that act for Kenya, one that acts for Nepal, and one for Kenya that only reads."""

from __future__ import annotations

import json
from itertools import count

from django.test import Client

from socle_web.accounts import actions as accounts
from socle_web.places.models import Country, Mandate
from tests.people import person

CAST = {"owner": "KEN", "colleague": "KEN", "stranger": "NPL", "looker": "KEN"}
CHANGE = {"country": "Kenya", "year": 2024, "step": "2", "branches": ["old_age"], "title": "A law", "source": "Gazette, 2024"}
KEYS = count(1)


class Partner:
    """A system with a token. Each POST has a key of its own unless one is given."""

    def __init__(self, name, country="", **how):
        country = country or CAST[name]
        self.row, self.token = accounts.give_token(f"System of the {name}", by=person("administrator"), may_write=name != "looker")
        self.user = self.row.user
        if country:
            Mandate.objects.create(user=self.user, country=Country.objects.get(pk=country), given_by="administrator")
        self.client = Client(**how)

    @property
    def headers(self):
        return {"Authorization": f"Bearer {self.token}"}

    def get(self, address, **asked):
        return self.client.get(f"/api/v1{address}", asked, headers=self.headers)

    def post(self, address, said=None, *, key=None, **more):
        headers = self.headers | {"Idempotency-Key": key or f"key-{next(KEYS)}"} | more
        return self.client.post(f"/api/v1{address}", json.dumps(said), content_type="application/json", headers=headers)

    def put(self, address, said):
        return self.client.put(f"/api/v1{address}", json.dumps(said), content_type="application/json", headers=self.headers)

    def attach(self, address, file, *, key=None):
        headers = self.headers | {"Idempotency-Key": key or f"key-{next(KEYS)}"}
        return self.client.post(f"/api/v1{address}", {"file": file}, headers=headers)

    def enter(self, *rows, sheet="changes", **more):
        """One change, or these rows; the answer."""
        return self.post("/entries", {"entries": [{"sheet": sheet, "values": row} for row in rows or ({**CHANGE, **more},)]})
