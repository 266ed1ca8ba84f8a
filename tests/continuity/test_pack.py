"""What a team needs when the network is gone: whole, encrypted, on record, and without the families closed to most."""

import shutil
import subprocess
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import html5lib
import pytest
from django.core.management import CommandError, call_command

from baton.cluster.encryption import decrypt, make_key, private_keys
from baton.continuity.actions import write_pack
from baton.continuity.queries import known_of
from baton.governance.actions import lift_restriction, restrict_family
from baton.people.actions import give_warning, record_over_time
from baton.people.actions.warnings import Warned
from baton.people.models import ContactPoint, Family, FamilyMember
from baton.platform import clock
from baton.platform.guard import acting_as
from baton.platform.models import AccessEntry, AuditEntry
from baton.platform.refusals import NotAllowed
from baton.rights.actions.corrections import ask_for_correction, decide_correction
from baton.rights.queries.corrections import About
from baton.visits.actions import plan_visit
from tests.factories import Place, a_family, a_place, an_allocated_episode
from tests.resilience.ground import other_half

pytestmark = pytest.mark.django_db


class Packing:
    """Two families of one team and one of the other, and the key of who opens packs."""

    def __init__(self, folder: Path) -> None:
        self.now = clock.now()
        self.place: Place = a_place()
        self.folder, self.key = folder / "packs", folder / "key"
        self.public = make_key(self.key, self.now)
        self.episodes = [self.an_episode(name) for name in ("Quillfeather", "Thistledown")]
        self.of_others = self.an_episode("Wintersgill", of_others=True)

    def an_episode(self, name: str, *, of_others: bool = False) -> object:
        place = other_half(self.place) if of_others else self.place
        began = self.now - timedelta(days=20)
        family = a_family(team=place.team, by=place.hub_adviser, name=name, at=began)
        return an_allocated_episode(place, family=family, to=place.worker, at=began)

    def write(self, by: str = "", why: str = "Storm warning") -> dict[str, str]:
        """Each file's team, as its name says, with what is in it."""
        call_command(
            "continuity_pack", self.folder, by=by or self.place.service_manager.email, why=why, readers=[self.public]
        )
        return {file.name[11:-9]: self.opened(file) for file in sorted(self.folder.iterdir())}

    def opened(self, file: Path) -> str:
        text = BytesIO()
        decrypt(file, text, private_keys(self.key))
        return text.getvalue().decode()

    @property
    def everything(self) -> str:
        return "".join(self.write().values())


@pytest.fixture
def packing(tmp_path: Path) -> Packing:
    return Packing(tmp_path)


def test_each_team_has_its_own_families_and_no_others(packing: Packing) -> None:
    by_team = packing.write()
    assert len(by_team) == 2
    texts = sorted(by_team.values(), key=lambda text: "Wintersgill" in text)
    assert ["Quillfeather" in text and "Thistledown" in text for text in texts] == [True, False]
    assert ["Wintersgill" in text for text in texts] == [False, True]
    for text in texts:
        html5lib.HTMLParser(strict=True).parse(text)
        assert text.count("<h1>") == 1
        assert not [each for each in ("<script", "http://", "https://", "src=") if each in text]


def test_it_says_warnings_who_leads_how_to_reach_people_safely_and_the_next_visits(packing: Packing) -> None:
    place, (episode, _) = packing.place, packing.episodes
    with acting_as(place.worker):
        family = Family.objects.get(pk=episode.family_id)
        warned = Warned("dog", "Ring before you go in", "The dog bit a visitor", True, "On the doorstep",
                        packing.now.date() + timedelta(days=60))  # fmt: skip
        give_warning(family=family, warned=warned, by=place.worker, at=packing.now)
        member = FamilyMember.objects.select_related("person").filter(family=family, part="parent")[0]
        for row in (
            ContactPoint(kind="mobile", value="07700 900111", safety="careful", rule="Texts only, never after six"),
            ContactPoint(kind="phone", value="01632 960222", safety="never"),
        ):
            record_over_time(member=member, row=row, by=place.worker, at=packing.now)
        for days, purpose in ((5, "Talk about mornings"), (30, "After the fortnight")):
            plan_visit(episode=episode, planned_for=packing.now + timedelta(days=days), place="home", purpose=purpose,
                       by=place.worker, at=packing.now)  # fmt: skip
    said = packing.everything
    for wanted in (
        "Ring before you go in", "The dog bit a visitor", "07700 900111. Only like this: Texts only, never after six",
        "There is one that must never be used", "Talk about mornings", place.worker.name, place.worker.email,
    ):  # fmt: skip
        assert wanted in said, wanted
    assert "01632 960222" not in said
    assert "After the fortnight" not in said


def test_it_says_what_people_say_against_warnings_and_the_rest(packing: Packing) -> None:
    place, (episode, _), today = packing.place, packing.episodes, packing.now.date()
    with acting_as(place.worker):
        family = Family.objects.get(pk=episode.family_id)
        warned = Warned("dog", "Ring before you go in", "The dog bit a visitor", True, "At the door",
                        today + timedelta(days=60))  # fmt: skip
        warning = give_warning(family=family, warned=warned, by=place.worker, at=packing.now)
        asked = {"family_id": family.pk, "received_on": today, "by": place.worker, "at": packing.now}
        about = About("A warning: Ring before you go in", record="people_familywarning", record_id=warning.pk)
        ask_for_correction(asked_by="Rosa", said_wrong="There is no dog any more", about=about, **asked)
        settled = ask_for_correction(asked_by="Ash", said_wrong="We never said that", **asked)
        put_right = ask_for_correction(asked_by="Rowan", said_wrong="My name has an e", **asked)
    with acting_as(place.governance):
        decided = {"told_on": today, "by": place.governance, "at": packing.now}
        decide_correction(correction=settled, decision="not_corrected", because="It was written down that day",
                          statement="I did not say so", **decided)  # fmt: skip
        decide_correction(correction=put_right, decision="corrected", because="Put right", statement="", **decided)
    said = html5lib.parse(packing.everything, namespaceHTMLElements=False)
    warning_said = " ".join(said.find(".//div[@class='warning']").itertext())
    assert "Rosa says that this is wrong, and it is not decided yet: There is no dog any more" in warning_said
    text = " ".join(said.itertext())
    assert "The record as a whole: Ash disagrees with this: I did not say so" in text
    assert text.count("There is no dog any more") == 1
    assert "Rowan" not in text


def test_each_family_in_it_has_an_entry_and_no_other(packing: Packing) -> None:
    packing.write(by=packing.place.manager.email, why="Monthly")
    with acting_as(packing.place.governance):
        looks = list(AccessEntry.objects.filter(what="continuity pack").order_by("family_id"))
        acts = list(AuditEntry.objects.filter(action="write_pack"))
    assert [each.family_id for each in looks] == sorted(each.family_id for each in packing.episodes)
    assert {each.by_id for each in looks} == {packing.place.manager.pk}
    assert all(each.why.startswith("Monthly (on the command line, as ") for each in looks)
    assert len(acts) == 1


def test_a_family_closed_to_all_but_named_people_is_left_out_even_when_the_writer_is_named(packing: Packing) -> None:
    place, (episode, _) = packing.place, packing.episodes
    named = {place.service_manager: "Answers for it", place.worker: "Leads the work"}
    with acting_as(place.service_manager):
        restriction = restrict_family(
            family_id=episode.family_id,
            reason="In hiding from somebody who was violent",
            named=named,
            review_on=packing.now.date() + timedelta(days=90),
            by=place.service_manager,
            at=packing.now,
        )
    said = packing.everything
    assert "Thistledown" in said
    assert "Quillfeather" not in said
    with acting_as(place.governance):
        assert not AccessEntry.objects.filter(what="continuity pack", family_id=episode.family_id).exists()
    with acting_as(place.service_manager):
        lift_restriction(restriction=restriction, because="They are safe now", by=place.service_manager, at=packing.now)
    assert "Quillfeather" in packing.everything


def test_a_team_manager_writes_for_their_team_only(packing: Packing) -> None:
    said = "".join(packing.write(by=packing.place.manager.email).values())
    assert "Quillfeather" in said
    assert "Wintersgill" not in said


@pytest.mark.parametrize(
    "who", ["worker", "hub_adviser", "coordinator", "auditor", "analyst", "governance", "administrator"]
)
def test_nobody_else_may_write_one(packing: Packing, who: str) -> None:
    with pytest.raises(CommandError, match="manages no team"):
        packing.write(by=getattr(packing.place, who).email)
    user = getattr(packing.place, who)
    with acting_as(user), pytest.raises(NotAllowed):
        write_pack(team=packing.place.team, families=[], why="", by=user, at=packing.now)
    assert list(packing.folder.iterdir()) == []


def test_without_a_known_account_or_a_key_nothing_is_written(packing: Packing) -> None:
    with pytest.raises(CommandError, match="There is no account"):
        packing.write(by="nobody@example.org")
    with pytest.raises(CommandError, match="`baton db key FILE` makes one"):
        call_command("continuity_pack", packing.folder, by=packing.place.manager.email, why="x", readers=[])
    with acting_as(packing.place.governance):
        assert not AccessEntry.objects.filter(what="continuity pack").exists()


def test_what_cannot_be_written_leaves_no_entry_and_no_file(packing: Packing, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_room(*args: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr("baton.continuity.management.commands.continuity_pack.encrypt", no_room)
    with pytest.raises(OSError, match="No space"):
        packing.write()
    assert list(packing.folder.iterdir()) == []
    with acting_as(packing.place.governance):
        assert not AccessEntry.objects.filter(what="continuity pack").exists()


def test_only_its_owner_reads_the_file_and_nothing_stands_in_it_openly(packing: Packing) -> None:
    packing.write()
    for file in packing.folder.iterdir():
        assert file.stat().st_mode & 0o777 == 0o600
        assert b"Quillfeather" not in file.read_bytes()


@pytest.mark.skipif(not shutil.which("age"), reason="the program age is not installed")
def test_it_opens_without_baton(packing: Packing) -> None:
    """As docs/operators-guide.md says it."""
    packing.write(by=packing.place.manager.email)
    (file,) = packing.folder.iterdir()
    page = packing.folder / "pack.html"
    subprocess.run(["age", "-d", "-i", packing.key, "-o", page, file], check=True)
    assert "Quillfeather" in page.read_text()


def test_more_families_need_no_more_queries(packing: Packing, django_assert_num_queries: object) -> None:
    with acting_as(packing.place.service_manager), django_assert_num_queries(8):
        known_of(packing.place.team, at=packing.now)
