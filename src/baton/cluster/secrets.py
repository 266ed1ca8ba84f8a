"""Random passwords and keys, each in a file that only its owner reads."""

import os
import secrets
from pathlib import Path

# What systemd or a vault may hand over as a file instead of a line of the environment.
HANDED_OVER = (
    "BATON_SECRET_KEY",
    "BATON_OLD_SECRET_KEYS",
    "BATON_OIDC_SECRET",
    "BATON_METRICS_TOKEN",
    "DATABASE_URL",
    "DATABASE_OWNER_URL",
)


def take_what_is_handed_over() -> None:
    """Take the secrets in systemd's folder of credentials, each named as its setting; the environment's own win."""
    folder = os.environ.get("CREDENTIALS_DIRECTORY")
    for name in HANDED_OVER if folder else ():
        kept = Path(str(folder)) / name
        if not os.environ.get(name) and kept.is_file():
            os.environ[name] = kept.read_text().strip()


def secret(folder: Path, name: str) -> str:
    """The secret of that name, made the first time it is asked for."""
    kept = folder / name
    if not kept.exists():
        _make(kept)
    return kept.read_text().strip()


def _make(kept: Path) -> None:
    kept.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = kept.with_name(f".{kept.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(secrets.token_urlsafe(36) + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, kept)  # two processes may ask at once: the first one's secret stays
    except FileExistsError:
        pass
    finally:
        draft.unlink()
