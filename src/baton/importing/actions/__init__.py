"""Changes of importing: an extract staged, its records brought a batch at a time, a run taken back."""

from baton.importing.actions.bringing import (
    SAYING,
    SIDE_BY_SIDE,
    STEPS,
    end_run,
    import_records,
    lanes_of,
    note_try,
)
from baton.importing.actions.staging import Extract, stage_extract
from baton.importing.actions.undoing import undo_import

__all__ = [
    "SAYING",
    "SIDE_BY_SIDE",
    "STEPS",
    "Extract",
    "end_run",
    "import_records",
    "lanes_of",
    "note_try",
    "stage_extract",
    "undo_import",
]
