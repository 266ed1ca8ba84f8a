"""What an extract becomes."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from baton.episodes.actions.deadlines import deadlines_that_differ
from baton.episodes.models import Allocation, Deadline, Episode, Event
from baton.importing.models import SourceRecord, Staged
from baton.people.models import Family, FamilyMember, Person, PersonName, Residence
from baton.platform import clock
from baton.platform.database import as_owner
from baton.platform.models import AuditEntry, Change
from baton.relationships.models import Relationship
from baton.requests.models import HelpRequest
from tests.factories.places import Place
from tests.importing.extracts import a_family, an_episode, an_extract

pytestmark = [pytest.mark.commits, pytest.mark.django_db(transaction=True, databases=["default", "owner"])]
Bring = Callable[[Any], Any]


def test_people_come_with_family_names_homes_and_school(tmp_path: Path, place: Place, bring: Bring) -> None:
    bring(an_extract(tmp_path, team=place.team.name))
    with as_owner():
        family = Family.objects.get()
        merryn = Person.objects.get(given_name="Merryn")
        assert (family.name, family.team) == ("Testcombe", place.team)
        assert (merryn.date_of_birth.isoformat(), merryn.sex, merryn.ethnicity) == ("2015-05-03", "F", "WBRI")
        assert (merryn.school, merryn.postcode) == ("Larkmere Primary", "DT1 1XJ")
        assert PersonName.objects.get(person=merryn).kind == "legal"
        assert Residence.objects.values("address").distinct().count() == 1
        parts = FamilyMember.objects.values_list("person__given_name", "part")
        assert dict(parts) == {"Merryn": "child", "Jago": "child", "Demelza": "parent"}


def test_nobody_has_said_that_a_number_from_elsewhere_is_safe(tmp_path: Path, place: Place, bring: Bring) -> None:
    bring(an_extract(tmp_path, team=place.team.name))
    with as_owner():
        reached = Person.objects.get(given_name="Demelza").contactpoints.get()
        assert (reached.kind, reached.safety) == ("mobile", "careful")
        assert "ask whether it is safe" in reached.rule


def test_an_open_episode_has_its_lead_its_dates_and_its_deadlines(tmp_path: Path, place: Place, bring: Bring) -> None:
    episodes = [an_episode(1, "P1", "01/10/2026", Worker=place.worker.email, Assessed="20/10/2026")]
    happened = [{"ID": "V1", "Episode": "E1", "What": "Visit", "Day": "05/10/2026"}]
    bring(an_extract(tmp_path, team=place.team.name, episodes=episodes, happened=happened))
    with as_owner():
        episode = Episode.objects.get()
        assert (episode.state, episode.framework_place, episode.team) == ("open", "dorset", place.team)
        assert Allocation.objects.get().practitioner == place.worker
        kinds = set(Event.objects.values_list("kind", flat=True))
        assert kinds == {"request_received", "lead_practitioner_allocated", "visit_made", "assessment_authorised"}
        assert Deadline.objects.filter(state="open", owner=place.worker).exists()
        assert list(deadlines_that_differ(at=clock.now())) == []


def test_a_closed_episode_says_when_and_in_the_words_it_had(tmp_path: Path, place: Place, bring: Bring) -> None:
    bring(
        an_extract(
            tmp_path,
            team=place.team.name,
            episodes=[an_episode(1, "P1", "2019-01-07", "2019-06-30", EndWhy="Moved off")],
        )
    )
    with as_owner():
        assert Episode.objects.get().state == "closed"
        assert Event.objects.get(kind="closed").summary == "Brought from Testsystem: Moved off"
        assert list(deadlines_that_differ(at=clock.now())) == []


def test_requests_and_relationships_come(tmp_path: Path, place: Place, bring: Bring) -> None:
    contacts = [{"ID": "C1", "Person": "P1", "Day": "01/09/2026", "Outcome": "EH", "From": "Larkmere Primary"}]
    ties = [{"Who": "P3", "Whose": "P1", "Is": "Mum"}, {"Who": "P2", "Whose": "P1", "Is": "Brother"}]
    bring(an_extract(tmp_path, team=place.team.name, contacts=contacts, ties=ties))
    with as_owner():
        asked = HelpRequest.objects.get()
        assert (asked.state, asked.decision, asked.enquirer_name) == (
            "answered",
            "locality_early_help",
            "Larkmere Primary",
        )
        assert asked.people.get().person == Person.objects.get(given_name="Merryn")
        assert set(Relationship.objects.values_list("kind", flat=True)) == {"birth_mother", "sibling"}


def test_history_and_audit_say_import_and_the_id_there_is_kept(tmp_path: Path, place: Place, bring: Bring) -> None:
    run, _ = bring(an_extract(tmp_path, team=place.team.name))
    with as_owner():
        added = Change.objects.filter(record="people_person", kind="added")
        assert set(added.values_list("action", "by_id")) == {("import_records", place.administrator.pk)}
        assert AuditEntry.objects.filter(action="import_records", record="importing_run", record_id=run.pk).exists()
        came = SourceRecord.objects.get(kind="person", source_id="P1")
        assert (came.source, came.record_id) == ("test", Person.objects.get(given_name="Merryn").pk)
        assert not Staged.objects.exists()


def test_the_same_file_again_changes_nothing(tmp_path: Path, place: Place, bring: Bring) -> None:
    extract = an_extract(tmp_path, team=place.team.name, episodes=[an_episode(1, "P1", "01/10/2026")])
    bring(extract)
    with as_owner():
        before = Change.objects.count()
    _, lines = bring(extract)
    with as_owner():
        assert Change.objects.count() == before
    assert {line[4] for line in lines.values()} == {"same"}


def test_a_later_extract_brings_what_changed_and_says_so(tmp_path: Path, place: Place, bring: Bring) -> None:
    bring(an_extract(tmp_path / "1", team=place.team.name, episodes=[an_episode(1, "P1", "01/10/2026")]))
    people = a_family()
    people[0] |= {"Last": "Otherton", "Address": "2 Other Road", "School": "Harbour Academy"}
    later = an_extract(
        tmp_path / "2", team=place.team.name, people=people,
        episodes=[
            an_episode(1, "P1", "01/10/2026", "10/11/2026", Assessed="20/10/2026"),
            an_episode(2, "P2", "12/11/2026"),
        ],
    )  # fmt: skip
    _, lines = bring(later)
    assert lines["person P1"][4] == "changed"
    assert ["note", "family_name", "changed in the other system"] in lines["person P1"][5]
    with as_owner():
        merryn = Person.objects.get(given_name="Merryn")
        assert (merryn.family_name, merryn.address, merryn.school) == ("Otherton", "2 Other Road", "Harbour Academy")
        assert [name.family_name for name in PersonName.objects.filter(person=merryn).order_by("pk")] == [
            "Testcombe",
            "Otherton",
        ]
        assert Residence.objects.filter(person=merryn, until_on__isnull=True).get().address.lines == "2 Other Road"
        assert list(Episode.objects.order_by("pk").values_list("state", flat=True)) == ["closed", "waiting"]
        assert Event.objects.filter(kind="assessment_authorised").count() == 1


def test_what_was_changed_here_too_stays_and_the_report_says_so(tmp_path: Path, place: Place, bring: Bring) -> None:
    bring(an_extract(tmp_path / "1", team=place.team.name))
    with as_owner():
        Person.objects.filter(given_name="Merryn").update(school="Told by her mother")
    people = a_family()
    people[0]["School"] = "Harbour Academy"
    _, lines = bring(an_extract(tmp_path / "2", team=place.team.name, people=people))
    with as_owner():
        assert Person.objects.get(given_name="Merryn").school == "Told by her mother"
    assert lines["person P1"][5][0][:2] == ["left out", "school"]
