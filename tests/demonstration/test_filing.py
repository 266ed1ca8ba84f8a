"""In the demonstration some families have a letter and a drawing, small enough to be copied often."""

from datetime import UTC, datetime

import pytest

from baton.demonstration.filing import LETTER, a_drawing, a_letter
from baton.demonstration.loading import load_place
from baton.documents.models import Document
from baton.documents.reading import take
from baton.episodes.models import Event
from baton.platform.guard import acting_as

SMALL = 2_500  # bytes; a benchmark copies them thousands of times


def test_what_is_made_is_what_would_be_taken_and_is_small() -> None:
    for name, made in (("a.pdf", a_letter(LETTER)), ("a.png", a_drawing(1))):
        assert 0 < len(take(name, made).contents) < SMALL


@pytest.mark.django_db
def test_families_have_a_letter_and_a_drawing_that_their_timeline_tells() -> None:
    until = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
    walk = load_place(place="doncaster", families=12, until=until, say=lambda done: None)
    with acting_as(walk.staff.service_managers[0]):
        kinds = set(Document.objects.values_list("kind", flat=True))
        assert kinds == {"letter_agency", "drawing"}
        assert Document.objects.filter(kind="drawing", person__isnull=False).exists()
        told = set(Event.objects.filter(record="documents_document").values_list("kind", flat=True))
        assert told == {"document_added", "direct_work_recorded"}
