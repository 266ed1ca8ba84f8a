"""The pages with the pictures. On paper they leave by a decision (sharing)."""

from datetime import date
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from baton.consent.presenters import about
from baton.consent.queries import open_episode_of
from baton.people.models import Family
from baton.people.queries import get_held_family
from baton.platform import clock
from baton.platform.access import note_look
from baton.platform.models import User
from baton.relationships.forms import DayAskedForm
from baton.relationships.permissions import may_relate
from baton.relationships.presenters import network, words
from baton.relationships.presenters.ecomap import ecomap_of
from baton.relationships.presenters.ecomap.svg import drawn as ecomap_drawn
from baton.relationships.presenters.genogram import picture_of
from baton.relationships.presenters.genogram.svg import drawn as genogram_drawn
from baton.relationships.presenters.key import ecomap_key, genogram_key
from baton.relationships.presenters.on_a_date import facts_on
from baton.relationships.queries import family_ties, members_ever, ties_of

A_PAGE, A_PHONE = 1100, 340  # pixels that a picture may take at a desk and on a phone


def genogram(request: HttpRequest, family_id: int) -> HttpResponse:
    """The family drawn by the field's rules on a day, in words, and with the rows it is drawn from."""
    user, family = cast(User, request.user), get_held_family(family_id)
    note_look(family_id=family_id, what="genogram", by=user, at=clock.now())
    form, on = day_asked(request)
    ties = family_ties(family_id)
    picture = picture_of(facts_on(ties, on=on))
    told = words.in_short(ties, on=on, rows=picture.rows)
    context = _about(family, "genogram", form, on) | {
        "title": "Genogram",
        "drawing": genogram_drawn(picture, title=f"Genogram of the {family.name} family", told=told),
        "key": genogram_key(),
        "left_out": picture.left_out,
        "size": _size(request, picture.width, focus=picture.focus),
        "people": words.people_in_words(ties, on=on),
        "rows": words.rows_in_words(ties, family_id),
        "may_change": may_relate(user, family),
    }
    return render(request, "relationships/genogram.html", context, status=422 if form.errors else 200)


def network_page(request: HttpRequest, family_id: int) -> HttpResponse:
    """Who and what supports the family on a day, as a picture and as a table."""
    user, family = cast(User, request.user), get_held_family(family_id)
    note_look(family_id=family_id, what="network", by=user, at=clock.now())
    form, on = day_asked(request)
    ties = list(ties_of(family_id))
    facts = network.network_on(family, members_ever(family_id), ties, on=on)
    ecomap = ecomap_of(facts)
    told = network.in_short(facts, on=on)
    context = _about(family, "network", form, on) | {
        "title": "Network",
        "drawing": ecomap_drawn(ecomap, title=f"Ecomap of the {family.name} family", told=told),
        "key": ecomap_key(),
        "left_out": ecomap.left_out,
        "size": _size(request, ecomap.width, focus=(ecomap.middle[0], "middle")),
        "rows": network.ties_in_words([tie for tie in ties if network.stood_on(tie, on)], family),
        "others": network.ties_in_words([tie for tie in ties if not network.stood_on(tie, on)], family),
        "may_change": may_relate(user, family),
    }
    return render(request, "relationships/network.html", context, status=422 if form.errors else 200)


def day_asked(request: HttpRequest) -> tuple[DayAskedForm, date]:
    """The form that asks for the day of a picture, and the day it was asked for: today where it was not."""
    asked = any(request.GET.get(f"on-{box}") for box in ("day", "month", "year"))
    form = DayAskedForm(request.GET if asked else None, initial={"on": clock.today()})
    return form, form.cleaned_data["on"] if asked and form.is_valid() else clock.today()


def _size(request: HttpRequest, width: float, *, focus: tuple[float, str]) -> dict[str, Any]:
    """How wide a picture is, and where it opens; `whole`: all of it is asked for, made smaller."""
    wide = {"is_wide": width > A_PAGE, "is_wide_on_a_phone": width > A_PHONE}
    where = {"focus": round(focus[0]), "beyond": round(width - focus[0]), "called": focus[1]}
    return wide | where | {"whole": "whole" in request.GET}


def _about(family: Family, part: str, form: DayAskedForm, on: date) -> dict[str, Any]:
    day = f"?on-day={on.day}&on-month={on.month}&on-year={on.year}"
    return about(family, open_episode_of(family.pk)) | {"part": part, "form": form, "on": on, "day": day}
