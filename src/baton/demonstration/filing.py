"""Documents of families who do not exist: a letter from school and what a child drew, in every fourth record."""

import io
from datetime import datetime

from PIL import Image, ImageDraw

from baton.demonstration.walk import Walk
from baton.documents.actions import Told, add_document
from baton.documents.reading import take
from baton.episodes.models import Episode
from baton.people.models import Family, FamilyMember
from baton.people.queries import members_on
from baton.platform.models import User
from baton.platform.scanner import Scanned, Verdict

EVERY = 4  # by the number of a family, so that what other families do stays as it was
LETTER = (
    "Dear colleague,",
    "Thank you for coming to see us. Mornings are still the hardest part of the day.",
    "The school nurse can see the children on Thursdays.",
    "With kind regards, the head of year",
)
SKY, GRASS, WALL, ROOF = (198, 226, 245), (142, 190, 96), (230, 180, 120), (170, 60, 50)


def has_papers(walk: Walk) -> bool:
    """Whether documents are added for this family: the large one, and every fourth."""
    return walk.number == 0 or walk.number % EVERY == 1


def file_papers(walk: Walk, episode: Episode, lead: User, at: datetime) -> None:
    """The lead practitioner adds what they were given at the first visit."""
    if not has_papers(walk):
        return
    with walk.step(lead, at):
        family = Family.objects.get(pk=episode.family_id)
        members = members_on(family.pk, on=at.date())
        child = next((each for each in members if each.part == FamilyMember.Part.CHILD), None)
        letter = Told(kind="letter_agency", title="Letter from the head of year", dated_on=at.date())
        drawn = Told(
            kind="drawing",
            title="Where I live",
            dated_on=at.date(),
            note="“That is my room. The dog sleeps there too.”",
            person=child.person if child else None,
        )
        papers = (
            (letter, "letter from school.pdf", a_letter(LETTER)),
            (drawn, "drawing.png", a_drawing(walk.number)),
        )
        for told, name, sent in papers:
            taken, scanned = take(name, sent), Scanned(Verdict.NOT_SCANNED)
            add_document(family=family, told=told, taken=taken, scanned=scanned, by=lead, at=at)


def a_letter(lines: tuple[str, ...]) -> bytes:
    """A PDF of one page with these lines, each short enough for it."""
    said = "".join(f"({line}) Tj T* " for line in lines)
    text = f"BT /F 11 Tf 24 TL 60 760 Td {said}ET"
    objects = (
        "<</Type/Catalog/Pages 2 0 R/Lang(en-GB)>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        f"<</Length {len(text)}>>stream\n{text}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    made, places = "%PDF-1.4\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(made))
        made += f"{number} 0 obj{each}endobj\n"
    rows = "".join(f"{place:010} 00000 n \n" for place in places)
    table = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{rows}trailer<</Size {len(objects) + 1}/Root 1 0 R>>\n"
    return f"{made}{table}startxref\n{len(made)}\n%%EOF\n".encode("ascii")


def a_drawing(number: int) -> bytes:
    """A house, as a child draws it; another number, another house."""
    picture = Image.new("RGB", (240, 180), SKY)
    pencil = ImageDraw.Draw(picture)
    left, top = 50 + number % 40, 70 + number % 20
    pencil.rectangle((0, 140, 240, 180), GRASS)
    pencil.rectangle((left, top, left + 90, 150), WALL)
    pencil.polygon(((left - 12, top), (left + 45, top - 45), (left + 102, top)), ROOF)
    pencil.rectangle((left + 36, 112, left + 54, 150), ROOF)
    pencil.ellipse((190, 12, 226, 48), (250, 210, 70))
    drawn = io.BytesIO()
    picture.save(drawn, "PNG")
    return drawn.getvalue()
