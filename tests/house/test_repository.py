"""Rules that hold the whole repository together."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection
from django.urls import URLPattern, URLResolver, get_resolver

from baton.platform.models import AccessEntry, AuditEntry, Change, Draft, Seal, Submission
from baton.platform.row_security import WITHOUT_HISTORY, WITHOUT_POLICY
from baton.practice.happenings import Happening
from tests.conftest import LONGEST_FIRST

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "baton"
OURS = [config for config in apps.get_app_configs() if config.name.startswith("baton.")]
TELLS_WHO_MAY = "audience"


def routes(patterns: list[URLPattern | URLResolver] | None = None) -> Iterator[URLPattern]:
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns)
        else:
            yield pattern


def modules() -> Iterator[Path]:
    return (path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)


def functions() -> Iterator[tuple[Path, ast.FunctionDef]]:
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef):
                yield path, node


def test_every_route_says_who_may() -> None:
    silent = [str(route.pattern) for route in routes() if not hasattr(route.callback, TELLS_WHO_MAY)]
    assert silent == []


def test_the_demonstration_has_no_page() -> None:
    """Beside the gallery of components, which only a demonstration shows (tests/refusals/who_may.py)."""
    assert not [route.name for route in routes() if "demonstration" in route.callback.__module__]
    assert not (SOURCE / "demonstration" / "urls.py").exists()


def test_every_route_has_a_name_of_its_own() -> None:
    names = [route.name for route in routes()]
    assert None not in names
    assert len(names) == len(set(names))


@pytest.mark.django_db
def test_every_table_about_people_has_row_security_and_a_policy() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select c.relname, c.relrowsecurity and exists (select 1 from pg_policy p where p.polrelid = c.oid)"
            " from pg_class c where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace"
        )
        guarded = dict(cursor.fetchall())
    ours = {model._meta.db_table for config in OURS for model in config.get_models()}
    unguarded = {table for table in ours if not guarded[table]}
    assert unguarded == set(WITHOUT_POLICY)


@pytest.mark.django_db
def test_readers_write_no_table_of_casework() -> None:
    """A table that does not use `seen_with_the_family` says `select guard.let_only_writers_write('its_name')`."""
    with connection.cursor() as cursor:
        cursor.execute("select polrelid::regclass::text from pg_policy where polname = 'writers_add'")
        kept = {table for (table,) in cursor.fetchall()}
    not_casework = {"platform", "accounts", "requests", "matching", "rights"}
    casework = {model._meta.db_table for c in OURS if c.label not in not_casework for model in c.get_models()}
    ruled = (
        "restriction",
        "namedperson",
        "restrictionreview",
        "emergency",
        "audit",
        "sample",
        "alert",
        "owndetails",
        "panelcase",
    )
    own_rules = {f"governance_{name}" for name in ruled} | {"documents_virusfound", "documents_rescan"}
    assert casework - kept == own_rules


@pytest.mark.django_db
def test_every_table_keeps_its_history() -> None:
    """A new table says `keep_history("its_name")` in its migration, or why not in `WITHOUT_HISTORY`."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select tgrelid::regclass::text, array_agg(tgname::text order by tgname) from pg_trigger"
            " where tgname like 'history_%' and tgenabled = 'O' group by tgrelid"
        )
        kept = {table for table, triggers in cursor.fetchall() if len(triggers) == 3}
    ours = {model._meta.db_table for config in OURS for model in config.get_models()}
    assert ours - kept == set(WITHOUT_HISTORY)


def test_every_record_says_which_family_or_person_it_is_about() -> None:
    anchors = {"people_family", "people_person", "requests_requestperson", "governance_audit", "governance_owndetails"}
    anchors |= {"matching_possibleduplicate", "matching_merge", "matching_moved"}  # about two persons
    anchors |= {
        "rights_accessrequest",
        "rights_stop",
        "rights_release",
        "rights_disposal",
    }  # about whom is their subjects' to say
    anchors |= {"rights_requestreview"}  # about whom is the request's to say
    anchors |= {"importing_run", "importing_batch"}  # say numbers, and nothing of anybody
    anchors |= {"importing_reportline"}  # says what was wrong in which line of a file, and nothing of anybody
    anchors |= {"importing_staged"}  # names whom it is about by their ids in another system, until the run has ended
    own = {model._meta.db_table for model in (AuditEntry, AccessEntry, Change, Seal, Draft, Submission)}
    for config in OURS:
        for model in config.get_models():
            table = model._meta.db_table
            if table in WITHOUT_POLICY or table in anchors or table in own:
                continue
            names = {field.name for field in model._meta.get_fields()}
            assert names & {"family", "person", "child"}, table


def test_every_foreign_key_has_an_index() -> None:
    without = {"episodes_deadline.team", "episodes_deadline.owner"}  # their partial indexes serve every reading
    without |= {"importing_staged.run", "importing_reportline.run"}  # other indexes begin with it
    without |= {"platform_change.by"}  # not a key in the database, and read by family or record
    for config in OURS:
        for model in config.get_models():
            for field in model._meta.concrete_fields:
                if field.is_relation and not field.db_index and not field.unique:
                    assert f"{model._meta.db_table}.{field.name}" in without


def test_every_public_action_is_an_action() -> None:
    """A function of actions/ that takes `by` and `at` is an action, or says that it works within one."""
    for path, node in functions():
        if "actions" not in path.parts and path.name != "actions.py":
            continue
        if path.parent.name == "platform" or node.name.startswith("_"):
            continue
        names = {argument.arg for argument in node.args.kwonlyargs}
        if {"by", "at"} <= names and not (ast.get_docstring(node) or "").startswith("Within an action"):
            decorators = {ast.unparse(each).split("(")[0] for each in node.decorator_list}
            assert "action" in decorators, f"{path.name}: {node.name}"


def test_records_are_only_written_in_actions() -> None:
    writes = re.compile(r"\.(save|create|bulk_create|update_or_create|get_or_create|bulk_update|delete)\(|\badd_rows\(")
    allowed = {"actions", "demonstration", "command", "cluster", "reading"}  # reading is plain Python, without records
    platform = {"added.py", "drafts.py", "pages.py", "access.py", "actions.py", "jobs.py"}
    for path in modules():
        if (
            set(path.parts) & allowed
            or path.name == "actions.py"
            or (path.parent.name == "platform" and path.name in platform)
        ):
            continue
        assert not writes.search(path.read_text()), path


def test_nothing_but_views_jobs_and_commands_reads_the_clock() -> None:
    reads = re.compile(r"clock\.(now|today)\(")
    allowed = {"views.py", "views", "commands", "command", "jobs.py", "pages.py", "clock.py", "routes.py", "context.py"}
    allowed |= {"middleware.py", "adapters"}  # how long a session lasts, and when it began
    allowed |= {"checks"}  # whether the clocks agree
    allowed |= {"date_fields.py"}  # whether a typed date lies in the past
    for path in modules():
        if not set(path.parts) & allowed:
            assert not reads.search(path.read_text()), path


def test_whatever_writes_a_spreadsheet_keeps_formulas_out() -> None:
    """A cell that somebody typed may begin with = (platform/spreadsheets.py)."""
    writers = [
        path for path in modules() if re.search(r"csv\.(writer|DictWriter)|openpyxl|xlsxwriter", path.read_text())
    ]
    assert len(writers) == 2
    assert [path for path in writers if "[safe(cell) for cell in row] for row in rows" not in path.read_text()] == []


def test_journeys_wait_for_what_they_expect_to_see() -> None:
    """A click ends when the next page begins: what is asked of it at once may not be there yet."""
    at_once = re.compile(r"\.is_(visible|hidden|enabled|disabled|checked)\(")
    for path in (ROOT / "tests" / "journeys").rglob("*.py"):
        assert not at_once.search(path.read_text()), path


def test_functions_stay_short() -> None:
    for path, node in functions():
        assert (node.end_lineno or 0) - node.lineno < 40, f"{path.relative_to(SOURCE)}: {node.name}"


def test_modules_have_one_subject_and_say_which() -> None:
    for path in modules():
        text = path.read_text()
        assert text.count("\n") <= 400, path
        if text.strip():
            assert ast.get_docstring(ast.parse(text)), path


def test_there_is_no_drawer_for_odds_and_ends() -> None:
    for path in modules():
        assert path.stem not in {"utils", "helpers", "common", "misc", "manager", "handler"}, path


def test_every_template_is_used() -> None:
    texts = "\n".join(path.read_text() for path in [*SOURCE.rglob("*.py"), *SOURCE.rglob("*.html")])
    for template in SOURCE.rglob("templates/**/*.html"):
        name = f"{template.parent.name}/{template.name}"
        assert texts.count(name) > 0, name


NO_PLURAL = re.compile(r"[^aeiou]ys$|(ch|sh|x|ss)s$|\brequest persons$|(ed|een|eld|gone|given)s$")


def test_what_a_record_and_several_are_called_is_english() -> None:
    """They stand on certificates, and in what people get of their own record."""
    called = {model.__name__: str(model._meta.verbose_name_plural) for each in OURS for model in each.get_models()}
    assert {name: plural for name, plural in called.items() if NO_PLURAL.search(plural)} == {}


@pytest.mark.parametrize("nonsense", ["moveds", "audit entrys", "batchs", "seens", "request persons", "role helds"])
def test_nonsense_is_found(nonsense: str) -> None:
    assert NO_PLURAL.search(nonsense)


def test_every_happening_comes_from_a_record_that_exists() -> None:
    models = {f"{config.label}.{model.__name__}" for config in OURS for model in config.get_models()}
    recorded = {kind for _, node in functions() for kind in _declared_events(node)}
    for kind in Happening:
        if kind.name in recorded:
            assert kind.record in models, kind


def _declared_events(node: ast.FunctionDef) -> Iterator[str]:
    for decorator in node.decorator_list:
        if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == "action":
            for each in ast.walk(decorator):
                if isinstance(each, ast.Attribute) and ast.unparse(each.value) == "Happening":
                    yield each.attr


def test_no_file_names_a_registry_or_a_path_of_the_machine_it_was_made_on() -> None:
    registry = r"(?<!no-emit-)index" + r"-url|\"resolved" + r"\":|registry\s*=\s*\"?http"
    forbidden = re.compile(registry + r"|(?<![\w.])/" + "(?:work|farm)/")
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    for path in (ROOT / name for name in listed):
        if path.is_file() and path.suffix not in {".png", ".ttf"}:
            assert not forbidden.search(path.read_text(errors="ignore")), path


def test_the_longest_files_of_tests_are_there() -> None:
    assert [file for file in LONGEST_FIRST if not (ROOT / "tests" / file).is_file()] == []
