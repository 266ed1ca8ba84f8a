"""Extracts of another system for tests: a folder with sheets, and a mapping beside it. Nobody in them exists."""

import csv
from pathlib import Path
from typing import Any

from baton.importing.actions import Extract
from baton.importing.reading.mapping import read_mapping

MAPPING = """title: Testsystem
source: test
team: {team}
sheets:
  - sheet: people
    makes: people
    columns:
      {{id: ID, given_name: First, family_name: Last, known_as: Known, date_of_birth: Born, died_on: Died, sex: Sex,
       ethnicity: Ethnic, nhs_number: NHS, phone: Phone, address: Address, postcode: Postcode, school: School,
       family: Family, part: Part}}
    codes:
      sex: {{Boy: M, Girl: F}}
  - sheet: ties
    makes: relationships
    columns: {{person: Who, relative: Whose, kind: Is}}
    codes: {{kind: {{Mum: birth_mother, Brother: sibling}}}}
    optional: yes
  - sheet: contacts
    makes: requests
    columns: {{id: ID, person: Person, received_on: Day, decision: Outcome, enquirer_organisation: From}}
    codes: {{decision: {{NFA: advice, EH: opens_episode}}}}
    optional: yes
  - sheet: episodes
    makes: episodes
    columns:
      {{id: ID, person: Person, started_on: Start, ended_on: End, reasons: Why, end_reason: EndWhy, lead: Worker,
       assessment_completed_on: Assessed, last_review_on: Reviewed}}
    optional: yes
  - sheet: homes
    makes: homes
    columns:
      {{id: ID, person: Who, address: Address, postcode: Postcode, uprn: UPRN, kind: Kind, from_on: From,
       until_on: Until}}
    optional: yes
  - sheet: agencies
    makes: involvements
    columns: {{id: ID, person: Who, organisation: Team, professional: Name, from_on: From, until_on: Until}}
    optional: yes
  - sheet: happened
    makes: events
    columns: {{id: ID, episode: Episode, kind: What, on: Day}}
    codes: {{kind: {{Visit: visit_made}}}}
    optional: yes
"""
PEOPLE = ("ID", "First", "Last", "Known", "Born", "Died", "Sex", "Ethnic", "NHS", "Phone", "Address", "Postcode",
          "School", "Family", "Part")  # fmt: skip
HOMES = ("ID", "Who", "Address", "Postcode", "UPRN", "Kind", "From", "Until")
AGENCIES = ("ID", "Who", "Team", "Name", "From", "Until")
EPISODES = ("ID", "Person", "Start", "End", "Why", "EndWhy", "Worker", "Assessed", "Reviewed")


def write(path: Path, header: tuple[str, ...], rows: list[dict[str, Any]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, header)
        writer.writeheader()
        writer.writerows(rows)


def an_extract(
    folder: Path,
    *,
    team: str,
    people: list[dict[str, Any]] | None = None,
    ties: list[dict[str, Any]] | None = None,
    contacts: list[dict[str, Any]] | None = None,
    episodes: list[dict[str, Any]] | None = None,
    happened: list[dict[str, Any]] | None = None,
    homes: list[dict[str, Any]] | None = None,
    agencies: list[dict[str, Any]] | None = None,
    more: str = "",
) -> Extract:
    """A folder of CSV files with these rows."""
    folder.mkdir(exist_ok=True, parents=True)
    write(folder / "people.csv", PEOPLE, people if people is not None else a_family())
    if ties is not None:
        write(folder / "ties.csv", ("Who", "Whose", "Is"), ties)
    if homes is not None:
        write(folder / "homes.csv", HOMES, homes)
    if agencies is not None:
        write(folder / "agencies.csv", AGENCIES, agencies)
    if contacts is not None:
        write(folder / "contacts.csv", ("ID", "Person", "Day", "Outcome", "From"), contacts)
    if episodes is not None:
        write(folder / "episodes.csv", EPISODES, episodes)
    if happened is not None:
        write(folder / "happened.csv", ("ID", "Episode", "What", "Day"), happened)
    mapping = folder / "mapping.yaml"
    mapping.write_text(MAPPING.format(team=team) + more)
    return Extract(read_mapping(str(mapping)), folder)


def a_person(number: int, first: str, last: str, born: str, family: str = "F1", **more: str) -> dict[str, Any]:
    return {"ID": f"P{number}", "First": first, "Last": last, "Born": born, "Family": family} | more


def a_family() -> list[dict[str, Any]]:
    return [
        a_person(1, "Merryn", "Testcombe", "03/05/2015", Sex="Girl", Address="1 Test Lane", Postcode="dt11xj",
                 School="Larkmere Primary", Ethnic="WBRI"),
        a_person(2, "Jago", "Testcombe", "14/09/2018", Sex="Boy", Address="1 Test Lane", Postcode="DT1 1XJ"),
        a_person(3, "Demelza", "Testcombe", "21/01/1990", Sex="F", Phone="07700 900123"),
    ]  # fmt: skip


def an_episode(number: int, person: str, start: str, end: str = "", **more: str) -> dict[str, Any]:
    return {"ID": f"E{number}", "Person": person, "Start": start, "End": end} | more
