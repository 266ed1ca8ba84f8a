"""A small extract of each system that Baton has a mapping for, with what goes wrong in real ones. Nobody in it exists.

Tables and columns are those of the mapping's source. `FOUND` says of each row with trouble what came of it, and of what
words its one line has to speak; every other row is new and has none.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

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


SSD = System(
    "ssd",
    {
        "ssd_person": """\
pers_person_id,pers_forename,pers_surname,pers_sex,pers_ethnicity,pers_dob,pers_expected_dob,pers_upn_unknown
1,Merryn,Testcombe,F,WBRI,2015-05-03 00:00:00,,UN3
2,Jago,Testcombe,M,NOBT,14/09/2018,,
3,Demelza,Testcombe,F,UNKNOWN,21-Jan-1990,,
4,Merryn,Testcombe DUPLICATE,F,WBRI,2015-05-03 00:00:00,,
5,"=HYPERLINK(""x"")",Newby,M,WBRI,2012-02-01,,
6,ZoÃ«,Newby,F,WBRI,45000,,
7,,,U,NOBT,,2027-02-14,
8,Perran,Newby,X,WBRI,31/02/2019,,
1,Merryn,Testcombe,F,WBRI,2015-05-03 00:00:00,,UN3
2,Jagoe,Testcombe,M,NOBT,14/09/2018,,
""",
        "ssd_family": """\
fami_table_id,fami_family_id,fami_person_id
1,F1,1
2,F1,2
3,F1,3
4,F2,5
5,F2,6
6,F2,8
7,F1,99
8,F2,7
""",
        "ssd_contacts": """\
cont_contact_id,cont_person_id,cont_contact_date,cont_contact_source_code,cont_contact_outcome_json
C1,1,2026-08-01 09:30:00,2A,"{""NEW_REFERRAL_FLAG"": ""N"", ""ADVICE_FLAG"": ""Y""}"
C2,4,2026-08-02 09:30:00,1A,
C3,5,soon,1A,
""",
        "ssd_early_help_episodes": """\
earl_episode_id,earl_person_id,earl_episode_start_date,earl_episode_end_date,earl_episode_reason,earl_episode_end_reason
E1,1,2026-09-01,,,
E2,2,2026-09-02,,,
E3,6,2025-01-01,2025-06-01,Behaviour,Step-up
E4,5,,2025-06-01,,
E5,5,2025-05-02,2025-04-02,,
""",
    },
    {
        ("person", "4"): ("stopped", "somebody marked this record as one not to use"),
        ("person", "5"): ("new", "what a spreadsheet would work out"),
        ("person", "6"): ("new", "broken on the way"),
        ("person", "8"): ("new", "nobody translated"),
        ("membership", "F1|99"): ("stopped", 'person "99" is not in the extract'),
        ("request", "C2"): ("stopped", 'person "4" is not brought: see line 5'),
        ("request", "C3"): ("stopped", '"soon" is not a date'),
        ("episode", "E1"): ("new", "overlaps other episodes"),
        ("episode", "E2"): ("new", "2 are made one, from 2026-09-01, open"),
        ("episode", "E3"): ("new", '"Behaviour" is a code that nobody translated'),
        ("episode", "E4"): ("stopped", "started_on is empty"),
        ("episode", "E5"): ("stopped", "before it begins"),
    },
)
LIQUIDLOGIC = System(
    "liquidlogic",
    {
        "DIM_PERSON": """\
DIM_PERSON_ID,FORENAME,SURNAME,GENDER_MAIN_CODE,ETHNICITY_MAIN_CODE,BIRTH_DTTM,DEATH_DTTM,NHS_NUMBER,UPN,EHM_SEN_FLAG
100,Zoë,Élseby,F,WBRI,03/05/2015 00:00,,9434765919,,N
101,Jago,Élseby,M,WBRI,14/09/2018 00:00,,9434765910,,Y
102,Ebrel,Otherton,I,WBRI,01/02/2011 00:00,31/01/2011 00:00,,,
103,XX Ebrel,Otherton,F,WBRI,01/02/2011 00:00,,,,
104,Tamsin,Marsh,F,WBRI,12/25/2014,,9434765919,,
""",
        "FACT_CONTACTS": """\
FACT_CONTACT_ID,DIM_PERSON_ID,CONTACT_DTTM,DIM_LOOKUP_FAMILYOFRESIDENCE_ID,DIM_LOOKUP_CONT_SORC_ID,OUTCOME_NEW_REFERRAL_FLAG,OUTCOME_ADVICE_FLAG
C1,100,01/03/2026 10:15,R7,2A,N,Y
C2,101,01/03/2026 10:15,R7,1A,Y,N
C3,777,01/03/2026 10:15,R8,1A,Y,N
""",
        "FACT_EHM_CONTACT": """\
FACT_EHM_CONTACT_ID,DIM_PERSON_ID,CONTACT_DTTM
M1,104,01/04/2090 09:00
M2,104,01/04/2026 09:00
""",
        "FACT_CAF_EPISODE": """\
FACT_CAF_EPISODE_ID,DIM_PERSON_ID,EPISODE_START_DTTM,EPISODE_END_DTTM,START_REASON,DIM_LOOKUP_CAF_EP_ENDRSN_ID_CODE
E1,100,05/03/2026 00:00,05/06/2026 00:00,,
E2,101,05/06/2026 00:00,,,
E3,104,05/06/2026 00:00,9999-12-31,,
""",
    },
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
    {
        "dm_workflow_steps_people_vw": """\
workflow_step_id\tperson_id\tworkflow_step_type_id\tstep_status\tstarted_on\tcompleted_on\treason_for_eh_episode
1\t200\t1211\tCOMPLETED\t01-Feb-2026\t20-Feb-2026\t
2\t200\t1212\tSTARTED\t20-Feb-2026\t\t
2\t201\t1212\tSTARTED\t20-Feb-2026\t\t
3\t200\t1208\tCOMPLETED\t01-Jan-2026\t02-Jan-2026\t
4\t200\t1214\tCANCELLED\t01-Mar-2026\t02-Mar-2026\t
5\t205\t1211\tSTARTED\t01-Mar-2026\t\t
""",
        "MO_WORKFLOW_STEPS": """\
workflow_step_id\tperson_id\tworkflow_step_type_id\tdatMCON_DateTimeOfContact\tstarted_on\tcmbMCON_ContactSource\tchkMCON_CAFARequired
9\t200\t335\t28/01/2026 14:00\t29/01/2026\tSchool\tY
9\t201\t344\t\t29/01/2026\tSchool\t
8\t200\t1000\t28/01/2026\t29/01/2026\tSchool\t
""",
    },
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
    {
        "PERSONDEMOGRAPHICSVIEW": """\
PERSONID,FORENAME,SURNAME,SEX,ETHNICITYCODE,DATEOFBIRTH,DUEDATE,DIEDDATE,NHSNUMBER
p-1,Elowen,Quill,Female,WBRI,2013-03-09,,,
p-2,Jory,Quill,Unknown,ZZZZ,2019-12-01,,,
p-3,,,Unborn,NOBT,,2027-01-20,,
""",
        "CLASSIFICATIONPERSONVIEW": """\
CLASSIFICATIONASSIGNMENTID,PERSONID,CLASSIFICATIONCODEID,STATUS,STARTDATE,ENDDATE,ENDREASON
1,p-1,699,COMPLETE,2025-01-01,2025-02-01,
2,p-1,1271,COMPLETE,2025-02-02,2025-03-01,
3,p-1,699,ACTIVE,2025-03-03,,
4,p-1,12,ACTIVE,2025-03-03,,
5,p-2,699,DELETED,2025-03-03,,
""",
        "FORMANSWERPERSONVIEW": """\
INSTANCEID,ANSWERFORSUBJECTID,DATESTARTED,CINCensus_ReferralSource
77,p-2,2026-02-30,1A
78,p-2,2026-02-28,1A
""",
    },
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
