"""How Django reaches PostgreSQL: a managed one by address, else the embedded cluster."""

import os
import re
from typing import Any

import dj_database_url

from baton.cluster.home import Home, home_in, var_folder
from baton.cluster.secrets import secret

APP, OWNER = "baton_app", "baton_owner"
OPTIONS = {"application_name": "baton", "connect_timeout": 5}
# Statements asked often are planned once per connection: planning under row security costs more than running them. A
# pooler that hands connections round between transactions cannot keep them, so BATON_POOLED=1 leaves them out.
PREPARED = {"server_side_binding": True, "prepare_threshold": 5}
LASTING = {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True, "ATOMIC_REQUESTS": False}
A_STATEMENT_MAY_TAKE = "50s"  # of a page; the worker's and commands' may take long
PLACE_NAME = re.compile(r"[a-z][a-z0-9_]{0,40}")


class NotConfigured(Exception):
    """The environment does not say enough to reach a database."""


def database_settings() -> dict[str, dict[str, Any]]:
    """Django's DATABASES: `default` reads and writes as the application, `owner` migrates."""
    address, owner_address = os.environ.get("DATABASE_URL"), os.environ.get("DATABASE_OWNER_URL")
    if address and not owner_address:
        raise NotConfigured("DATABASE_URL is set: set DATABASE_OWNER_URL too, the role that owns the tables.")
    if address and owner_address:
        return {"default": from_address(address), "owner": from_address(owner_address)}
    home = home_in(var_folder())
    return {"default": embedded(home, APP), "owner": embedded(home, OWNER)}


def uses_embedded_cluster() -> bool:
    return not os.environ.get("DATABASE_URL")


def place() -> str:
    """BATON_PLACE, which also names the database."""
    name = os.environ.get("BATON_PLACE", "dorset")
    if not PLACE_NAME.fullmatch(name):
        raise NotConfigured(f"BATON_PLACE is '{name}': a place is named in small letters, such as dorset.")
    return name


def database_name() -> str:
    """BATON_DATABASE, else baton_<place>."""
    return os.environ.get("BATON_DATABASE") or f"baton_{place()}"


def embedded(home: Home, role: str, database: str | None = None) -> dict[str, Any]:
    """Settings for one role of the embedded cluster, over its socket."""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": database or database_name(),
        "USER": role,
        "PASSWORD": secret(home.secrets, role),
        "HOST": str(home.sockets),
        "PORT": "5432",
        "OPTIONS": options(),
        **LASTING,
    }


def options() -> dict[str, Any]:
    """How psycopg is to connect."""
    return OPTIONS if os.environ.get("BATON_POOLED") == "1" else OPTIONS | PREPARED


def from_address(address: str) -> dict[str, Any]:
    """Settings for a postgresql:// address. What its query says wins over our options."""
    settings: dict[str, Any] = dict(dj_database_url.parse(address))
    if settings.get("ENGINE") != "django.db.backends.postgresql":
        raise NotConfigured("Baton needs PostgreSQL: the address begins with postgresql://")
    return {**settings, **LASTING, "OPTIONS": options() | settings.get("OPTIONS", {})}


def secret_key() -> str:
    """What Django signs with: BATON_SECRET_KEY, else one made once and kept under var/."""
    return os.environ.get("BATON_SECRET_KEY") or secret(var_folder() / "secrets", "django")
