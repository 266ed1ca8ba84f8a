"""A visit, planned and recorded, and agreement in writing."""

from datetime import timedelta

from baton.platform import clock
from tests.journeys.roads import ELDEST, MOTHER, NAME, YOUNGEST
from tests.journeys.somebody import Somebody, earlier_today

WRITE_UP = {
    "Purpose": "To meet everybody and hear how mornings go.",
    "Action": "Watched breakfast; drew a morning with the children.",
    "Reflection": "Bramwell showed his bed; Ashby did not want to talk at first.",
    "Analysis": "Sleep comes first. Next: bedtimes.",
}


def plan_visit(worker: Somebody, family_id: int) -> None:
    """Plan one for tomorrow."""
    worker.goes_to(f"/families/{family_id}/")
    worker.follows("Plan a visit")
    worker.times("When?", clock.now() + timedelta(days=1))
    worker.chooses("Where?", "At home")
    worker.writes("What is the visit for?", "To hear how mornings go")
    worker.presses("Plan the visit")
    worker.reads("Planned", "The visit is planned")


def record_visit(worker: Somebody, family_id: int) -> None:
    """The planned one was made earlier than planned: everybody was seen, Ashby alone too."""
    worker.goes_to(f"/families/{family_id}/")
    worker.follows("Visits")
    worker.follows("", inside=worker.page.locator(".baton-visit"))
    worker.is_at("Record")
    _say_how_it_went(worker)
    worker.presses("Save the visit")
    worker.reads("alone", *WRITE_UP.values())


def record_visit_now(worker: Somebody, family_id: int) -> None:
    """One that nobody planned."""
    worker.goes_to(f"/families/{family_id}/")
    worker.follows("Record a visit")
    _say_how_it_went(worker)
    worker.presses("Save the visit")
    worker.reads("alone", *WRITE_UP.values())


def _say_how_it_went(worker: Somebody) -> None:
    worker.chooses("How did it go?", "Somebody was seen")
    for question, names in (("Who was seen?", (ELDEST, YOUNGEST, MOTHER)), ("Who of them was seen alone?", (ELDEST,))):
        for name in names:
            worker.group(question).get_by_label(f"{name} {NAME}").check()
    worker.times("When was it?", earlier_today(minutes=30))
    for label, text in WRITE_UP.items():
        worker.writes(label, text)


def record_consent(worker: Somebody, family_id: int) -> None:
    """The mother signs."""
    worker.goes_to(f"/families/{family_id}/")
    worker.follows("Record consent")
    worker.chooses("Who agrees?", f"{MOTHER} {NAME} (mum)")
    worker.chooses("How do they agree?", "In writing")
    worker.writes("What did they say they agree to?", "Help with mornings, and talking to the school.")
    worker.presses("Record agreement")
    worker.reads(f"{MOTHER} {NAME}", "In writing")
