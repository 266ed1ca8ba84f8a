"""Settings that are too weak for real people's records. Each finding says what to do."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Info, Tags, register

from baton.cluster.connection import uses_embedded_cluster
from baton.platform.breached import is_ordered

SHORTEST_KEY = 43  # letters of base64 that hold 256 bits
FEWEST_LETTERS = 12  # different ones; a key of random letters has many more
LOOPBACK = {"127.0.0.1", "localhost", "::1", "[::1]"}
PROVEN = {"verify-full", "verify-ca"}  # the other modes believe whoever answers
NAMED = {"default": "DATABASE_URL", "owner": "DATABASE_OWNER_URL"}


@register(Tags.security, deploy=True)
def no_demonstration(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    if not settings.DEMONSTRATION:
        return []
    return [Error("Unset BATON_DEMO: a demonstration shows everybody its password.", id="baton.E001")]


@register(Tags.security, deploy=True)
def hosts_are_named(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    hosts = {host.strip() for host in settings.ALLOWED_HOSTS}
    if any("*" in host or host.startswith(".") for host in hosts):
        return [
            Error("Name each host in BATON_HOSTS: with * or a leading dot it answers to any name.", id="baton.E002")
        ]
    if hosts <= LOOPBACK:
        return [Error("Set BATON_HOSTS to the name people reach Baton by, such as help.example.", id="baton.E003")]
    return []


@register(Tags.security, deploy=True)
def tls_is_in_front(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    if settings.BEHIND_TLS:
        return []
    advice = "Let a proxy end TLS in front of Baton and set BATON_TLS=1: cookies and pages travel in the open now."
    return [Error(advice, id="baton.E004")]


@register(Tags.security, deploy=True)
def origins_are_named(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    origins = settings.CSRF_TRUSTED_ORIGINS
    if not origins:
        return [Error("Set BATON_ORIGINS to the address forms are sent from: https://help.example.", id="baton.E005")]
    weak = [origin for origin in origins if urlsplit(origin).scheme != "https" or "*" in origin]
    return [
        Error(f"Write {origin} in BATON_ORIGINS as one https:// address without a *.", id="baton.E006")
        for origin in weak
    ]


@register(Tags.security, deploy=True)
def the_key_is_strong(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    key = settings.SECRET_KEY
    if len(key) >= SHORTEST_KEY and len(set(key)) >= FEWEST_LETTERS:
        return []
    advice = "Set BATON_SECRET_KEY to a random key, as `python3 -c 'import secrets; print(secrets.token_urlsafe(48))'`"
    return [Error(f"{advice} prints one: this one can be guessed.", id="baton.E007")]


@register(Tags.security, deploy=True)
def the_key_is_every_machines(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    if uses_embedded_cluster() or settings.SECRET_KEY_IS_GIVEN:
        return []
    advice = "Set BATON_SECRET_KEY: with a database elsewhere each machine would make a key of its own."
    return [Error(advice, id="baton.E008")]


@register(Tags.security, deploy=True)
def the_way_to_the_database_is_closed(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    for alias, words in settings.DATABASES.items():
        options = words.get("OPTIONS", {})
        hosts = str(options.get("host") or words.get("HOST") or "").split(",")
        away = [host for host in hosts if host and not host.startswith("/") and host not in LOOPBACK]
        if away and options.get("sslmode") not in PROVEN:
            wanted = "?sslmode=verify-full&sslrootcert=FILE"
            advice = f"Add {wanted} to {NAMED.get(alias, alias)}: what goes to {away[0]} can be read now."
            found.append(Error(advice, id="baton.E009"))
    return found


@register(Tags.security, deploy=True)
def the_way_to_the_directory_is_closed(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    if not settings.DIRECTORY or urlsplit(settings.DIRECTORY).scheme == "https":
        return []
    advice = "Write BATON_OIDC_SERVER as an https:// address: whoever is on the way could sign in as anybody."
    return [Error(advice, id="baton.E014")]


@register(Tags.security, deploy=True)
def the_way_to_the_scanner_is_closed(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    told = urlsplit(settings.CLAMD)
    if told.scheme != "tcp" or (told.hostname or "") in LOOPBACK:
        return []
    advice = "Let BATON_CLAMD name a socket or an address of this machine: documents travel in the open to another. "
    return [Error(f"{advice}Where clamd is elsewhere, put a tunnel with TLS between.", id="baton.E015")]


@register(Tags.security, deploy=True)
def breached_passwords_are_known(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    if not settings.BREACHED_PASSWORDS:
        advice = "Let BATON_BREACHED_PASSWORDS name a list of breached passwords: only common ones are refused now."
        return [Info(advice, id="baton.I001")]
    try:
        fits = is_ordered(Path(settings.BREACHED_PASSWORDS))
    except OSError as failure:
        return [Error(f"Let BATON_BREACHED_PASSWORDS name a file Baton can read: {failure.strerror}.", id="baton.E017")]
    if fits:
        return []
    advice = "Let BATON_BREACHED_PASSWORDS name a file of SHA-1 hashes in hexadecimal digits, one a line and in order."
    return [Error(advice, id="baton.E018")]
