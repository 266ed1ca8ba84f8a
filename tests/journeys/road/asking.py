"""Asking for early help, page by page, as a practitioner and as a parent."""

from tests.journeys.roads import CHILDREN, ELDEST, MOTHER, NAME, YOUNGEST, Road
from tests.journeys.somebody import Somebody

ANOTHER_CHILD = "Do you want to add another child?"
AN_ADULT = "Do you want to add an adult, or somebody else who matters to the children?"
ANOTHER_ADULT = "Do you want to add another adult, or somebody else who matters to the children?"


def ask_as_practitioner(teacher: Somebody, road: Road) -> str:
    """A teacher, signed in, asks for help for two children and their mother. Returns the reference."""
    teacher.goes_to("/ask/")
    teacher.presses("Start now")
    _no_danger(teacher)
    teacher.presses("Continue")  # a practitioner: known from the account
    teacher.is_at("Your details")
    teacher.presses("Continue")  # and so is the name
    _children(teacher)
    _mother(teacher)
    teacher.ticks("Why is early help needed?", road.framework.reasons[0].title)
    teacher.presses("Continue")
    teacher.writes("What are you worried about?", f"{ELDEST} has missed nine mornings and falls asleep at noon.")
    teacher.presses("Continue")
    teacher.writes("What is going well?", f"{MOTHER} comes to every talk.")
    teacher.presses("Continue")
    teacher.writes("What has been tried?", "Breakfast at school since September.")
    teacher.presses("Continue")
    teacher.presses("Continue")  # nobody else was told
    teacher.chooses("Does the family agree to early help?", "Yes, they agree")
    teacher.writes("Who agreed?", f"{MOTHER} {NAME}, mum")
    teacher.chooses("How did they agree?", "They said so")
    teacher.presses("Continue")
    return _where_and_send(teacher)


def ask_as_parent(parent: Somebody, road: Road) -> str:
    """A mother without an account asks for her own family. Returns the reference."""
    parent.goes_to("/ask/")
    parent.reads("Anybody can ask")
    parent.presses("Start now")
    _no_danger(parent)
    parent.chooses("Who is asking for help?", "A parent, carer or family member")
    parent.presses("Continue")
    parent.writes("Full name", f"{MOTHER} {NAME}")
    parent.writes("Telephone number", "07700 900982")
    parent.presses("Continue")
    _children(parent)
    parent.chooses(AN_ADULT, "No")
    parent.presses("Continue")
    parent.ticks("What would you like help with?", road.framework.reasons[0].for_families)
    parent.presses("Continue")
    parent.writes("What is hard at the moment?", "Mornings. Nobody slept, and then there is school.")
    for _ in range(4):  # going well, tried, who knows: each may stay empty
        parent.presses("Continue")
    parent.chooses("Do you agree to early help working with your family?", "Yes, I agree")
    parent.presses("Continue")
    return _where_and_send(parent)


def _no_danger(enquirer: Somebody) -> None:
    enquirer.chooses("Is a child in immediate danger?", "No")
    enquirer.presses("Continue")


def _children(enquirer: Somebody) -> None:
    for name, born in CHILDREN:
        enquirer.writes("First name", name)
        enquirer.writes("Last name", NAME)
        enquirer.dates("Date of birth, if you know it", born)
        enquirer.writes("School, college or nursery (optional)", "Larkhill Test School")
        enquirer.presses("Continue")
        enquirer.chooses(ANOTHER_CHILD, "Yes" if name == ELDEST else "No")
        enquirer.presses("Continue")


def _mother(enquirer: Somebody) -> None:
    enquirer.chooses(AN_ADULT, "Yes")
    enquirer.presses("Continue")
    enquirer.chooses("Who is this?", "Parent")
    enquirer.writes("First name", MOTHER)
    enquirer.writes("Last name", NAME)
    enquirer.writes("What do the children call them? (optional)", "mum")
    enquirer.presses("Continue")
    enquirer.chooses(ANOTHER_ADULT, "No")
    enquirer.presses("Continue")


def _where_and_send(enquirer: Somebody) -> str:
    enquirer.writes("Address", "1 Test Street")
    enquirer.writes("Postcode", "dt11xj")
    enquirer.presses("Continue")
    enquirer.is_at("Check your answers")
    enquirer.reads(ELDEST, YOUNGEST, "DT1 1XJ")
    enquirer.does_not_read("Not finished")
    enquirer.presses("Send the request")
    enquirer.is_at("Request sent")
    return enquirer.main.locator(".govuk-panel strong").inner_text()
