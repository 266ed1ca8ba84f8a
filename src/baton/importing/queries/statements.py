"""The statements of importing, from their files: hundreds of thousands of rows are moved inside PostgreSQL."""

from functools import lru_cache
from pathlib import Path

SQL = Path(__file__).resolve().parent.parent / "sql"


@lru_cache
def statements(name: str) -> tuple[str, ...]:
    """The statements of one file, in order. A semicolon at the end of a line ends one."""
    parts = (part.strip() for part in (SQL / f"{name}.sql").read_text().split(";\n"))
    return tuple(part for part in parts if any(line and not line.startswith("--") for line in part.splitlines()))
