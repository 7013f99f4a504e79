"""Secrets that are shown once: the link of an invitation, the token of a system. What is kept is their digest.

They are 256 random bits, so a plain digest cannot be turned back; a password's slow one would only slow every request.
"""

from __future__ import annotations

import secrets
from hashlib import sha256
from hmac import compare_digest

PREFIX = "socle_"  # by which a scanner of leaked secrets knows it


def make_token(prefix: str = "") -> tuple[str, str]:
    """A new secret and its digest."""
    token = prefix + secrets.token_urlsafe(32)
    return token, digest_of(token)


def digest_of(token: str) -> str:
    return sha256(token.encode("utf-8", "replace")).hexdigest()


def is_of(token: str, digest: str) -> bool:
    return compare_digest(digest_of(token), digest)
