"""The two pictures with their words, as the paper `picture` takes them."""

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


def genogram_paper(family: Family, *, on: date) -> dict[str, Any]:
    """The genogram of a day and who is in it, in words; `records` are the rows it is drawn from, each in a sentence."""
    ties = family_ties(family.pk)
    picture = picture_of(facts_on(ties, on=on))
    title, told = f"Genogram of the {family.name} family", words.in_short(ties, on=on, rows=picture.rows)
    said = [{"name": p.name, "about": p.about, "lines": p.lines} for p in words.people_in_words(ties, on=on)]
    drawing = genogram_drawn(picture, title=title, told=told)
    records = [(row.id, row.sentence) for row in words.rows_in_words(ties, family.pk)]
    return _paper(title, on, drawing, told, key=genogram_key(), people=said, records=records)


def ecomap_paper(family: Family, *, on: date) -> dict[str, Any]:
    """The ecomap of a day and its ties, in words; `records` are the ties, each in a sentence."""
    ties = [tie for tie in ties_of(family.pk) if network.stood_on(tie, on)]
    facts = network.network_on(family, members_ever(family.pk), ties, on=on)
    title, told = f"Ecomap of the {family.name} family", network.in_short(facts, on=on)
    records = [(tie.id, network.tie_sentence(tie)) for tie in network.ties_in_words(ties, family)]
    said = [sentence for _, sentence in records]
    drawing = ecomap_drawn(ecomap_of(facts), title=title, told=told)
    return _paper(title, on, drawing, told, key=ecomap_key(), sentences=said, records=records)


def _paper(title: str, on: date, drawing: str, told: str, **said: Any) -> dict[str, Any]:
    data = {"title": title, "on": long_day(on), "drawing": drawing, "told": told}
    return {"people": [], "sentences": [], "against": []} | data | said
