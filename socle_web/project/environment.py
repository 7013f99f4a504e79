"""What a deployment may set, read from the environment once.

Nothing needs to be set to run on one's own machine. ``DATABASE_URL`` is ``sqlite:///path`` or ``postgresql://user:password@host:port/name``;
a private socket is ``postgresql:///name?host=/path/of/its/folder``.
"""

from __future__ import annotations

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import parse_qsl, unquote, urlsplit

from pydantic import field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

CHECKOUT = Path(__file__).resolve().parents[2]
LOCAL_HOSTS = ["localhost", "127.0.0.1", "[::1]", "testserver"]

OIDC = ("OIDC_NAME", "OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET")


class Environment(BaseSettings):
    model_config = SettingsConfigDict(case_sensitive=True)

    SOCLE_HOME: Path = CHECKOUT if (CHECKOUT / "manage.py").exists() else Path.cwd()  # holds var/
    SECRET_KEY: str = ""                # empty: made once and kept in var/secret, readable by its owner only
    DEBUG: bool = False
    ALLOWED_HOSTS: Annotated[list[str], NoDecode] = LOCAL_HOSTS
    DATABASE_URL: str = ""              # empty: SQLite in var/
    SOCLE_FILES: Path | None = None     # uploads and evidence, outside the web root; empty: var/files
    SOCLE_HTTP: bool = False            # plain HTTP, for one's own machine; otherwise HTTPS is required
    SOCLE_BEHIND_PROXY: bool = False    # believe X-Forwarded-Proto and -For: a proxy in front ends HTTPS
    SOCLE_MFA: Literal["required", "optional"] = "required"  # a second factor for roles that ask for one
    EMAIL_URL: str = ""                 # empty: mail is printed; smtp://user:password@host:587?tls=1
    EMAIL_FROM: str = "Socle <socle@localhost>"
    OIDC_NAME: str = ""                 # sign-in with an organisation's own accounts: all four, or none
    OIDC_ISSUER: str = ""
    OIDC_CLIENT_ID: str = ""
    OIDC_CLIENT_SECRET: str = ""

    @field_validator("ALLOWED_HOSTS", mode="before")
    @classmethod
    def _hosts(cls, value: object) -> object:
        return [host.strip() for host in value.split(",") if host.strip()] if isinstance(value, str) else value

    @model_validator(mode="after")
    def _all_or_none(self) -> Environment:
        told = {name for name in OIDC if getattr(self, name)}
        if told and told != set(OIDC):
            raise ValueError(f"OpenID Connect needs {', '.join(sorted(set(OIDC) - told))} too.")
        return self

    @property
    def var(self) -> Path:
        folder = self.SOCLE_HOME / "var"
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    @property
    def files(self) -> Path:
        return self.SOCLE_FILES or self.var / "files"

    @property
    def secret(self) -> str:
        return self.SECRET_KEY or kept_secret(self.var / "secret")

    @property
    def email(self) -> dict[str, Any]:
        return email(self.EMAIL_URL)

    @property
    def openid_connect(self) -> list[dict[str, Any]]:
        """The organisation whose accounts may sign in, as django-allauth wants it; empty without one."""
        if not self.OIDC_ISSUER:
            return []
        return [{"provider_id": "sso", "name": self.OIDC_NAME, "client_id": self.OIDC_CLIENT_ID, "secret": self.OIDC_CLIENT_SECRET,
                 "settings": {"server_url": self.OIDC_ISSUER, "oauth_pkce_enabled": True}}]

    @property
    def database(self) -> dict[str, Any]:
        return database(self.DATABASE_URL or f"sqlite:///{self.var / 'socle.sqlite3'}")


def kept_secret(path: Path) -> str:
    """The secret in ``path``, made at the first call; processes that start together agree on one."""
    if not path.exists():
        descriptor, mine = tempfile.mkstemp(dir=path.parent)  # readable by its owner only
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(64))
        with suppress(FileExistsError):
            os.link(mine, path)  # appears whole, and only if nobody was first
        os.unlink(mine)
    return path.read_text()


def database(url: str) -> dict[str, Any]:
    """Django's settings of the database at ``url``."""
    parts = urlsplit(url)
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path)[1:] or ":memory:",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536;",
            },
        }
    if parts.scheme in ("postgres", "postgresql"):
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path)[1:],
            "USER": unquote(parts.username or options.pop("user", "")),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": options.pop("host", parts.hostname or ""),
            "PORT": str(options.pop("port", parts.port or "")),
            "CONN_MAX_AGE": 600,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": options,
        }
    raise ValueError(f"DATABASE_URL begins with {parts.scheme!r}; this platform knows sqlite and postgresql.")


def email(url: str) -> dict[str, Any]:
    """Django's settings of the mail server at ``url``; without one, mail is printed where the server runs."""
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    if not url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    if parts.scheme not in ("smtp", "smtps"):
        raise ValueError(f"EMAIL_URL begins with {parts.scheme!r}; this platform knows smtp and smtps.")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587 if options.get("tls") == "1" else 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": options.get("tls") == "1",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": 20,
    }
