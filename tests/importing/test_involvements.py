"""Who worked with somebody comes as an agency's contact; who leads is found by the name of one account, never made."""

from datetime import date
from pathlib import Path

import pytest

from baton.episodes.models import Allocation, Event
from baton.importing.actions import Extract
from baton.importing.jobs import take_back
from baton.importing.reading.mapping import read_mapping
from baton.people.models import Involvement
from baton.platform.database import as_owner
from baton.platform.models import User
from tests.factories.places import Place
from tests.importing.test_bringing import Bring
from tests.importing.test_trouble import Tried
from tests.importing.test_undoing import everything

pytestmark = [pytest.mark.commits, pytest.mark.django_db(transaction=True, databases=["default", "owner"])]
SHEETS = {
    "ssd_person": "pers_person_id,pers_forename,pers_surname,pers_dob\n1,Merryn,Testcombe,03/05/2015\n",
    "ssd_professionals": """\
prof_professional_id,prof_professional_name,prof_professional_job_title,prof_professional_department
W1,Bryony Fenn,Health Visitor,Larkmere Clinic
W2,"{lead}",Keyworker,Family Support
""",
    "ssd_department": "dept_team_id,dept_team_name\nT1,Larkmere Nursing\n",
    "ssd_involvements": """\
invo_involvements_id,invo_professional_id,invo_professional_team,invo_involvement_start_date,invo_involvement_end_date,invo_person_id
I1,W1,T1,2026-02-01,{until},1
""",
    "ssd_early_help_episodes": """\
earl_episode_id,earl_person_id,earl_episode_start_date,earl_episode_end_date,earl_episode_organisation,earl_episode_worker_id
E1,1,2026-09-01,,Larkmere Council,W2
""",
}


def ssd(folder: Path, place: Place, *, lead: str = "Nobody Here", until: str = "") -> Extract:
    folder.mkdir(exist_ok=True)
    for name, text in SHEETS.items():
        (folder / f"{name}.csv").write_text(text.format(lead=lead, until=until))
    path = folder / "ssd.yaml"
    path.write_text(read_mapping("ssd").path.read_text() + f"team: {place.team.name}\n")
    return Extract(read_mapping(str(path)), folder)


def test_a_professional_comes_as_an_agencys_contact(tmp_path: Path, place: Place, bring: Bring) -> None:
    with as_owner():
        accounts = User.objects.count()
    bring(ssd(tmp_path, place))
    with as_owner():
        involved = Involvement.objects.get()
        assert (involved.agency, involved.organisation) == ("health_visitor", "Larkmere Nursing")
        assert (involved.professional, involved.role) == ("Bryony Fenn", "Health Visitor")
        assert (involved.from_on, involved.until_on) == (date(2026, 2, 1), None)
        assert User.objects.count() == accounts


def test_a_later_extract_ends_it_and_goes_again(tmp_path: Path, place: Place, bring: Bring) -> None:
    bring(ssd(tmp_path / "1", place))
    stood = everything()
    later, lines = bring(ssd(tmp_path / "2", place, until="2026-06-01"))
    with as_owner():
        assert Involvement.objects.get().until_on == date(2026, 6, 1)
    assert lines["involvement I1"][4] == "changed"
    take_back(run=later, by=place.administrator)
    assert everything() == stood


def test_what_baton_changed_too_stays(tmp_path: Path, place: Place, bring: Bring) -> None:
    bring(ssd(tmp_path / "1", place))
    with as_owner():
        Involvement.objects.update(professional="Bryony Marsh", version=2)
    _, lines = bring(ssd(tmp_path / "2", place, until="2026-06-01"))
    with as_owner():
        assert Involvement.objects.get().until_on is None
    assert "it was changed in Baton too" in lines["involvement I1"][5][-1][2]


def test_the_one_account_of_a_name_leads(tmp_path: Path, place: Place, bring: Bring) -> None:
    worker = place.worker
    _, lines = bring(ssd(tmp_path, place, lead=f"{worker.family_name.upper()}, {worker.given_name}"))
    with as_owner():
        assert Allocation.objects.get().practitioner == worker
    assert [words for _, field, words in lines["episode E1"][5] if field == "lead_name"] == [
        f'lead_name "{worker.family_name.upper()}, {worker.given_name}" is the account "{worker.email}"'
    ]


def test_a_name_without_an_account_stays_in_the_timeline(tmp_path: Path, place: Place, bring: Bring) -> None:
    bring(ssd(tmp_path, place))
    with as_owner():
        assert not Allocation.objects.exists()
        told = Event.objects.get(kind="request_received").summary
        assert told.endswith("helped by Larkmere Council; led by Nobody Here")


def test_a_name_of_two_accounts_is_nobodys(tmp_path: Path, place: Place, tried: Tried) -> None:
    with as_owner():
        User.objects.filter(pk=place.manager.pk).update(
            given_name=place.worker.given_name, family_name=place.worker.family_name
        )
    lines = tried(ssd(tmp_path, place, lead=place.worker.name))
    (told,) = [words for line in lines for _, field, words in line[5] if field == "lead_name"]
    assert "is more than one account here" in told
