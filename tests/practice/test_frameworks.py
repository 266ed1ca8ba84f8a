"""What the three frameworks hold, and that every citation points at a listed paragraph."""

import dataclasses
from collections.abc import Iterator

import pytest

from baton.practice.citations import Source, cite
from baton.practice.frameworks import Framework
from baton.practice.happenings import Happening
from baton.practice.loading import load_framework, places
from tests.practice.stories import day

EVERY_PLACE = pytest.mark.parametrize("framework", [load_framework(place) for place in places()], ids=places())


def sources_in(thing: object) -> Iterator[Source]:
    if isinstance(thing, Source):
        yield thing
    elif isinstance(thing, tuple):
        for each in thing:
            yield from sources_in(each)
    elif dataclasses.is_dataclass(thing):
        for field in dataclasses.fields(thing):
            yield from sources_in(getattr(thing, field.name))


@EVERY_PLACE
def test_every_citation_points_at_a_listed_paragraph(framework: Framework) -> None:
    cited = list(sources_in(framework))
    assert len(cited) > 50
    for source in cited:
        assert source.paragraph in framework.documents[source.document].paragraphs
        assert source.label.startswith(framework.name)


@EVERY_PLACE
def test_every_timescale_is_checked_said_and_owed_by_somebody(framework: Framework) -> None:
    roles = {role.id for role in framework.roles}
    for rule in (*framework.timescales, *(prompt.timescale for prompt in framework.oversight)):
        assert rule.checked_on == day("2026-11-22")
        assert rule.says.endswith(".")
        assert rule.theme
        assert rule.owed_by in roles
        assert rule.is_in_force(day("2026-10-05"))
        assert not rule.is_in_force(day("2019-12-31"))
        assert framework.timescale(rule.id) is rule


@EVERY_PLACE
def test_every_place_has_all_its_parts(framework: Framework) -> None:
    assert {decision.kind for decision in framework.decisions} == {
        "opens_episode", "supports_lead", "signpost", "advice", "social_care",
    }  # fmt: skip
    assert [level.number for level in framework.levels] == [1, 2, 3, 4]
    assert [level.number for level in framework.levels if level.is_early_help] == [2, 3]
    assert framework.level(3).means
    assert len(framework.outcomes) == 10
    assert [each.kind for each in framework.goal_outcomes] == ["met", "partly_met", "not_met", "no_longer_wanted"]
    assert framework.reasons
    assert framework.records
    assert framework.closure_reasons
    assert framework.social_care_contact.title
    assert framework.social_care_contact.phone or framework.social_care_contact.note
    assert framework.terms["lead_practitioner"]
    assert framework.role("team_manager").title


@EVERY_PLACE
def test_contradictions_are_the_timescales_with_rivals(framework: Framework) -> None:
    for each in framework.contradictions:
        assert each.rivals == framework.timescale(each.id).rivals != ()
        assert (each.title, each.source) == (each.timescale.title, each.timescale.source)
        for rival in each.rivals:
            assert rival.note.endswith(".")
            assert rival.amount or rival.age_from
            assert (rival.unit is None) == (rival.amount is None)


@EVERY_PLACE
def test_level_3_is_asked_more_than_level_2(framework: Framework) -> None:
    asked = {level: sum(len(questions) for _, questions in framework.assessment.asked_at(level)) for level in (2, 3)}
    everything = sum(len(section.questions) for section in framework.assessment.sections)
    assert 0 < asked[2] < asked[3] == everything
    assert sum(len(questions) for _, questions in framework.assessment.asked_at(None)) == everything
    assert framework.assessment.asked_at(9) == ()


def test_dorset_holds_its_lists() -> None:
    dorset = load_framework("dorset")
    assert (len(dorset.reasons), len(dorset.records), len(dorset.oversight)) == (11, 14, 7)
    assert len([each for each in sources_in(dorset.assessment) if each.paragraph == "12.3"]) >= 5
    assert dorset.social_care_contact.phone is None


def test_doncaster_asks_what_its_guidance_lists() -> None:
    sections = {section.id: len(section.questions) for section in load_framework("doncaster").assessment.sections}
    listed = ("child_health", "child_learning", "parenting", "family_and_environment")
    assert [sections[section] for section in listed] == [8, 4, 3, 4]
    assert "views" in sections


def test_derby_says_that_its_template_is_not_its_own_form() -> None:
    derby = load_framework("derby")
    assert "Derby's own form" in derby.assessment.note
    assert [each.id for each in derby.exceptions] == [
        "homeless_16_17", "no_recourse_to_public_funds", "privately_fostered", "other_statutory_duty",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("place", "written", "label"),
    [
        ("dorset", "DOR 15.1", "Dorset framework 15.1"),
        ("dorset", "DOR performance framework", "Dorset framework, performance framework"),
        ("dorset", "DOR practice standards: Consent", "Dorset framework, practice standards, consent"),
        ("doncaster", "DLP Level 3 assessments", "Doncaster lead practitioner guidance, “Level 3 assessments”"),
    ],
)
def test_a_citation_has_a_label(place: str, written: str, label: str) -> None:
    assert str(cite(written, load_framework(place).documents)) == label


@pytest.mark.parametrize("kind", list(Happening))
def test_every_kind_of_event_has_words_and_a_record(kind: Happening) -> None:
    assert kind.title[0].isupper()
    assert kind.noun
    area, model = kind.record.split(".")
    assert area.islower()
    assert model[0].isupper()


def test_amounts_are_those_of_the_adopted_reading() -> None:
    dorset = load_framework("dorset")
    assert (dorset.timescale("review").amount, dorset.timescale("review").unit) == (6, "weeks")
    assert (dorset.timescale("written_consent").amount, dorset.timescale("written_consent").unit) == (None, None)
    assert dorset.timescale("review").repeats
    assert not dorset.timescale("assessment").repeats
    assert [each.paragraph for each in dorset.timescale("review").sources] == ["15.1", "performance framework"]
