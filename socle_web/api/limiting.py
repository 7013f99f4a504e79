"""How often one may ask. The counts are in the database: every process of the server sees the same."""

from __future__ import annotations

import time
from ipaddress import IPv6Address, ip_address

from django.db import connection, transaction
from django.http import HttpRequest

from socle_web.accounts.models import User
from socle_web.accounts.sign_in import address_of
from socle_web.api.models import Spent

MINUTE = 60
WRITES, READS, WRONG = 120, 600, 30  # a minute: of a token, of a token, of wrong tokens from an address
SWEPT_AT_ONCE = 1000
COUNT = """
    INSERT INTO api_spent (name, minute, times) VALUES (%s, %s, 1)
    ON CONFLICT (name) DO UPDATE SET
        times = CASE WHEN api_spent.minute = excluded.minute THEN api_spent.times + 1 ELSE 1 END, minute = excluded.minute
    RETURNING times
"""


def wait_for(user: User, *, writes: bool) -> int:
    """Seconds until this system may ask again; 0: now. It has asked once more."""
    return _spend(f"{'writes' if writes else 'reads'} {user.pk}", WRITES if writes else READS)


def wait_after_a_wrong_token(request: HttpRequest) -> int:
    return _spend(f"wrong {_neighbourhood(address_of(request))}", WRONG)


def _spend(name: str, most: int) -> int:
    now = int(time.time())
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [name[:100], now // MINUTE])
        times: int = cursor.fetchone()[0]
    if times == 1:
        _sweep(now // MINUTE)
    return 0 if times <= most else MINUTE - now % MINUTE


def _sweep(minute: int) -> None:
    with transaction.atomic():
        past = Spent.objects.select_for_update(skip_locked=True).filter(minute__lt=minute - 1)
        Spent.objects.filter(pk__in=list(past.values_list("pk", flat=True)[:SWEPT_AT_ONCE])).delete()


def _neighbourhood(address: str) -> str:
    """Of IPv6 one subscriber has 2^64 addresses."""
    try:
        there = ip_address(address)
    except ValueError:
        return "unknown"
    return f"{there.exploded[:19]}::" if isinstance(there, IPv6Address) and not there.ipv4_mapped else str(there)
