"""Reads of imports: Baton's codes as mappings use them, and runs."""

from collections.abc import Iterable, Mapping

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from baton.importing.models import ReportLine, Run
from baton.importing.reading.values import Codes, folded
from baton.people.models import FamilyMember, Residence
from baton.platform.models import Team
from baton.practice.codes import code_lists
from baton.practice.frameworks import Framework
from baton.practice.happenings import Happening
from baton.relationships.states import KINDS
from baton.requests.models import HelpRequest


def known_codes(framework: Framework) -> Mapping[str, Codes]:
    """Baton's codes by list: each code, and its title, in small letters."""
    known: dict[str, dict[str, str]] = {}
    for name, codes in code_lists().items():
        known[name] = _by_words((code.code, code.title) for code in codes.codes.values())
    known["part"] = _by_words((part.value, part.label) for part in FamilyMember.Part)
    known["home"] = _by_words((kind.value, kind.label) for kind in Residence.Kind)
    known["request_source"] = _by_words((source.value, source.label) for source in HelpRequest.Source)
    known["relationship"] = _by_words((kind.key, kind.is_[0]) for kind in KINDS.values())
    known["happening"] = _by_words((kind.value, kind.title) for kind in Happening)
    known["team"] = {folded(team.name): str(team.pk) for team in Team.objects.all()}
    known["reason"] = _by_words((reason.id, reason.title) for reason in framework.reasons)
    known["end_reason"] = _by_words((reason.id, reason.title) for reason in framework.closure_reasons)
    known["decision"] = {each.kind: each.id for each in reversed(framework.decisions)} | _by_words(
        (each.id, each.title) for each in framework.decisions
    )
    return known


def find_team(name: str) -> Team | None:
    """The team of this name, whatever the case of its letters."""
    return Team.objects.filter(name__iexact=name).first()


def run_under_way() -> Run | None:
    """The run that has begun and not ended."""
    return Run.objects.filter(state=Run.State.STAGED).first()


def runs() -> QuerySet[Run]:
    """Every run, newest first."""
    return Run.objects.select_related("started_by", "undone_by").order_by("-pk")


def get_run(run_id: int) -> Run:
    """One run with who started it and who took it back; `Http404` where there is none."""
    return get_object_or_404(runs(), pk=run_id)


def lines_kept(run: Run, *, level: str = "") -> QuerySet[ReportLine]:
    """What a run's report keeps of single rows, of one level or all, as they stand in the sheets."""
    found = ReportLine.objects.filter(run=run)
    return (found.filter(level=level) if level else found).order_by("id")


def _by_words(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    told = list(pairs)
    return {folded(title): code for code, title in told} | {folded(code): code for code, _ in told}
