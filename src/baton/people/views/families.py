"""Who was in a family on any day, and who lived where."""

from datetime import date
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from baton.people.forms.families import DayForm
from baton.people.presenters.picture import agencies_in_words, homes_in_words
from baton.people.queries import get_held_family, members_on
from baton.people.queries.record import days_of_change, involved_on, picture_of
from baton.platform import clock
from baton.platform.access import note_look
from baton.platform.dates_in_words import long_day
from baton.platform.models import User


def family_on(request: HttpRequest, family_id: int) -> HttpResponse:
    """The family on a day, today if none is asked for, with the days on which it changed."""
    family = get_held_family(family_id)
    note_look(family_id=family_id, what="who was in the family", by=cast(User, request.user), at=clock.now())
    asked = any(request.GET.get(f"on-{box}") for box in ("day", "month", "year"))
    form = DayForm(request.GET if asked else None, initial={"on": clock.today()})
    on: date = form.cleaned_data["on"] if asked and form.is_valid() else clock.today()
    members = list(members_on(family_id, on=on))
    picture = picture_of(family_id, on=on, members=members)
    context = {
        "title": f"Who was in the family on {long_day(on)}",
        "family": family,
        "form": form,
        "homes": homes_in_words(picture, on=on),
        "agencies": agencies_in_words(involved_on(members, on=on), on=on),
        "days": [
            {"text": long_day(day), "query": f"on-day={day.day}&on-month={day.month}&on-year={day.year}"}
            for day in days_of_change(family_id)
            if day <= clock.today()
        ],
    }
    return render(request, "people/family_on.html", context, status=422 if form.errors else 200)
