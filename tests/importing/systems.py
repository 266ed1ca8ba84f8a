"""A small extract of each system that Baton has a mapping for, with what goes wrong in real ones. Nobody in it exists.

Tables and columns are those of the mapping's source. `FOUND` says of each row with trouble what came of it, and of what
words its one line has to speak; every other row is new and has none.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from baton.importing.reading.mapping import EXAMPLES
from tests.importing.workbooks import a_workbook

Told = Mapping[tuple[str, str], tuple[str, str]]


@dataclass(frozen=True)
class System:
    """One system's extract: its sheets as text, how they are encoded, and what is to be found."""

    name: str
    sheets: Mapping[str, str]
    found: Told
    not_asked: int = 0
    encoding: str = "utf-8"
    workbook: Mapping[str, tuple[tuple[object, ...], ...]] = ()  # type: ignore[assignment]

    def write(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        for sheet, text in self.sheets.items():
            (folder / f"{sheet}.csv").write_bytes(text.encode(self.encoding))
        for sheet, rows in dict(self.workbook).items():
            a_workbook(folder / f"{sheet}.xlsx", sheet, [list(row) for row in rows])


def the_example(system: str, *sheets: str) -> dict[str, str]:
    """Sheets of the extract that comes with Baton to try a mapping with, as text."""
    return {sheet: (EXAMPLES / system / f"{sheet}.csv").read_text(encoding="utf-8") for sheet in sheets}


SSD = System(
    "ssd",
    the_example(
        *("ssd", "ssd_person", "ssd_family", "ssd_mother", "ssd_address", "ssd_disability"),
        *("ssd_contacts", "ssd_early_help_episodes", "ssd_involvements", "ssd_professionals", "ssd_department"),
        *("ssd_linked_identifiers", "ssd_send", "ssd_immigration_status"),
    ),
    {
        ("person", "4"): ("stopped", "somebody marked this record as one not to use"),
        ("person", "5"): ("new", "what a spreadsheet would work out"),
        ("person", "6"): ("new", "broken on the way"),
        ("person", "8"): ("new", "nobody translated"),
        ("membership", "F1|99"): ("stopped", 'person "99" is not in the extract'),
        ("home", "1"): ("new", "no end is said: ended on 2020-01-01, when the home on line 3 began"),
        ("home", "6"): ("stopped", "the same home in the same days stands on line 4"),
        ("home", "7"): ("stopped", 'person "99" is not in the extract'),
        ("involvement", "I3"): ("stopped", "organisation and professional are empty"),
        ("request", "C2"): ("stopped", 'person "4" is not brought: see line 5'),
        ("request", "C3"): ("stopped", '"soon" is not a date'),
        ("episode", "E1"): ("new", "is nobody with an account here"),
        ("episode", "E2"): ("new", "2 are made one, from 2026-09-01, open"),
        ("episode", "E3"): ("new", '"Behaviour" is a code that nobody translated'),
        ("episode", "E4"): ("stopped", "started_on is empty"),
        ("episode", "E5"): ("stopped", "before it begins"),
    },
)
LIQUIDLOGIC = System(
    "liquidlogic",
    the_example("liquidlogic", "DIM_PERSON", "FACT_CONTACTS", "FACT_EHM_CONTACT", "FACT_CAF_EPISODE"),
    {
        ("person", "100"): ("new", "the same nhs_number stands with ids"),
        ("person", "101"): ("new", "digits do not fit together"),
        ("person", "102"): ("stopped", "before the birth"),
        ("person", "103"): ("stopped", "somebody marked this record as one not to use"),
        ("person", "104"): ("new", "is not a date with the day first"),
        ("request", "C3"): ("stopped", 'person "777" is not in the extract'),
        ("request", "M1"): ("stopped", "lies in the future"),
        ("episode", "E1"): ("new", "overlaps other episodes"),
        ("episode", "E2"): ("new", "2 are made one, from 2026-03-05, open"),
        ("episode", "E3"): ("new", "was read as no date"),
    },
    encoding="cp1252",
)
MOSAIC = System(
    "mosaic",
    the_example("mosaic", "dm_workflow_steps_people_vw", "MO_WORKFLOW_STEPS"),
    {
        ("person", "201"): ("new", "Excel"),
        ("person", "202"): ("stopped", "DO NOT USE"),
        ("person", "200"): ("new", "a family of their own is made"),
        ("episode", "5.205"): ("stopped", 'person "205" is not in the extract'),
        ("episode", "1.200"): ("new", "overlaps other episodes"),
        ("episode", "2.200"): ("new", "2 are made one, from 2026-02-01, open"),
    },
    not_asked=3,
    workbook={
        "dm_persons": (
            ("People of early help, 1 November 2026", "", "", "", "", ""),
            ("Person", "", "", "Particulars", "", ""),
            ("person_id", "first_names", "last_name", "gender", "date_of_birth", "ethnicity_code"),
            ("200", "Kerensa", "Harrowick", "Female", "2014-07-01", "WBRI"),
            (201, "Piran", "Harrowick", "Male", 43_000, "WBRI"),
            ("202", "Piran DO NOT USE", "Harrowick", "Male", "2017-09-22", "WBRI"),
        )
    },
)
ECLIPSE = System(
    "eclipse",
    the_example(
        *("eclipse", "PERSONDEMOGRAPHICSVIEW", "CLASSIFICATIONPERSONVIEW", "FORMANSWERPERSONVIEW"),
        *("RELATIONSHIPPROFESSIONALVIEW", "PERSONVIEW"),
    ),
    {
        ("person", "p-1"): ("new", "a family of their own is made"),
        ("person", "p-2"): ("new", '"ZZZZ" is a code that nobody translated'),
        ("person", "p-3"): ("new", "a family of their own is made"),
        ("episode", "1"): ("new", "overlaps other episodes"),
        ("episode", "2"): ("new", "2 are made one, from 2025-01-01 to 2025-03-01"),
        ("request", "77"): ("stopped", "is not a day of the calendar"),
    },
    not_asked=2,
    encoding="utf-16",
)
SYSTEMS = (SSD, LIQUIDLOGIC, MOSAIC, ECLIPSE)
