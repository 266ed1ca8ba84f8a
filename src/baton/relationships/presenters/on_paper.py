"""The two pictures with their words, as the paper `picture` takes them.

A picture so wide that its words would be too small on one sheet follows in parts, from left to right.
"""

import math
from datetime import date
from typing import Any

from baton.people.models import Family
from baton.platform.dates_in_words import long_day
from baton.relationships.presenters import network, words
from baton.relationships.presenters.ecomap import ecomap_of
from baton.relationships.presenters.ecomap.svg import drawn as ecomap_drawn
from baton.relationships.presenters.genogram import picture_of
from baton.relationships.presenters.genogram.svg import drawn as genogram_drawn
from baton.relationships.presenters.key import ecomap_key, genogram_key
from baton.relationships.presenters.on_a_date import facts_on
from baton.relationships.queries import family_ties, members_ever, ties_of

SHEET_WIDE, SHEET_HIGH = 269.0, 150.0  # millimetres of an A4 sheet on its side that a picture may take
READABLE = 0.18  # millimetres to a pixel at which names are six and a half points high
FITS = 1.15  # how much wider than a readable sheet a picture may be before it follows in parts
TWICE = 130.0  # pixels that two parts share, so that everybody stands whole in one


def genogram_paper(family: Family, *, on: date) -> dict[str, Any]:
    """The genogram of a day and who is in it, in words; `records` are the rows it is drawn from, each in a sentence."""
    ties = family_ties(family.pk)
    picture = picture_of(facts_on(ties, on=on))
    title, told = f"Genogram of the {family.name} family", words.in_short(ties, on=on, rows=picture.rows)
    said = [{"name": p.name, "about": p.about, "lines": p.lines} for p in words.people_in_words(ties, on=on)]
    drawing = genogram_drawn(picture, title=title, told=told)
    records = [(row.id, row.sentence) for row in words.rows_in_words(ties, family.pk)]
    parts = parts_of(picture.width, picture.height)
    return _paper(title, on, drawing, told, key=genogram_key(), people=said, records=records, parts=parts)


def ecomap_paper(family: Family, *, on: date) -> dict[str, Any]:
    """The ecomap of a day and its ties, in words; `records` are the ties, each in a sentence."""
    ties = [tie for tie in ties_of(family.pk) if network.stood_on(tie, on)]
    facts = network.network_on(family, members_ever(family.pk), ties, on=on)
    title, told = f"Ecomap of the {family.name} family", network.in_short(facts, on=on)
    records = [(tie.id, network.tie_sentence(tie)) for tie in network.ties_in_words(ties, family)]
    said = [sentence for _, sentence in records]
    ecomap = ecomap_of(facts)
    drawing = ecomap_drawn(ecomap, title=title, told=told)
    parts = parts_of(ecomap.width, ecomap.height)
    return _paper(title, on, drawing, told, key=ecomap_key(), sentences=said, records=records, parts=parts)


def parts_of(width: float, height: float) -> dict[str, Any]:
    """How a picture is cut for sheets: millimetres to a pixel, and where each part begins; none where it fits one."""
    scale = min(READABLE, SHEET_HIGH / height)
    part = SHEET_WIDE / scale
    count = 1 if width <= FITS * part else math.ceil((width - TWICE) / (part - TWICE))
    step = (width - part) / (count - 1) if count > 1 else 0.0
    starts = [round(step * place, 1) for place in range(count)] if count > 1 else []
    return {"scale": scale, "wide": width, "high": height, "starts": starts}


def _paper(title: str, on: date, drawing: str, told: str, **said: Any) -> dict[str, Any]:
    data = {"title": title, "on": long_day(on), "drawing": drawing, "told": told}
    return {"people": [], "sentences": [], "against": []} | data | said
