"""History of tables whose columns are called as a variable of its triggers was."""

from pathlib import Path

from django.db import migrations

HISTORY = (Path(__file__).resolve().parent.parent / "history.sql").read_text()


def _anew() -> str:
    """What the file of history says now, for a database that was made with an older one."""
    texts = []
    for name in ("note_added", "note_changed", "note_removed"):
        begins = HISTORY.index(f"create function guard.{name}(")
        texts.append(HISTORY[begins : HISTORY.index("end $$;", begins) + len("end $$;")])
    return "\n".join(texts).replace("create function", "create or replace function")


class Migration(migrations.Migration):
    dependencies = [("platform", "0009_history_of_many")]
    operations = [migrations.RunSQL(_anew(), migrations.RunSQL.noop)]
