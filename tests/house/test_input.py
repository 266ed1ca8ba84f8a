"""What is typed is read by fields that are written down, and nothing makes a program of it."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

import baton.platform.form_fields as fields
from tests.house.tables import tables_of
from tests.house.test_repository import SOURCE, modules

SCRIPTS = sorted((SOURCE / "platform" / "static" / "platform").glob("*.js"))
OF_TEXT_ALREADY_TYPED = {"html.unescape", "urllib.parse.unquote", "urllib.parse.unquote_plus", "urllib.parse.parse_qs"}
OF_TEXT_ALREADY_TYPED |= {"urllib.parse.parse_qsl", "codecs.decode", "quopri.decodestring"}
PATTERNS = {"compile", "search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer"}
# Patterns made of parts: each part is a constant of the module, or passes re.escape.
MADE_OF_PARTS = {
    "matching/likeness/typed.py", "matching/likeness/sounds.py", "platform/signed_in.py", "importing/reading/rows.py",
    "importing/reading/dates.py", "documents/reading/papers.py", "rights/policies/redaction.py",
}  # fmt: skip


@cache
def calls() -> tuple[tuple[str, ast.Call], ...]:
    """Every call in the code, with the module it stands in."""
    return tuple(
        (str(path.relative_to(SOURCE)), node)
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
    )


def test_each_kind_of_field_is_written_down_and_no_other_is_used() -> None:
    written = {name for row in tables_of("security/input.md") for name in re.findall(r"`(\w+Field)`", row[0])}
    ours = {name for name in fields.__all__ if name.endswith("Field")}
    assert ours <= written
    used: set[str] = set()
    for path, call in calls():
        if path.split("/")[-1].startswith("forms") or "/forms/" in path:
            name = ast.unparse(call.func).rpartition(".")[2]
            used |= {name} if name.endswith("Field") else set()
    known = written | {"AccountField"}  # a TextField that finds a colleague
    assert used - known <= OF_DJANGO


OF_DJANGO = {"CharField", "IntegerField", "BooleanField"}  # passwords; a number in a box; hidden version and mark


def test_what_was_typed_is_decoded_once() -> None:
    """Django reads the request; nothing decodes a second time."""
    found = [f"{path}: {ast.unparse(call)[:80]}" for path, call in calls() if ast.unparse(call.func) in DECODERS]
    assert found == []


DECODERS = OF_TEXT_ALREADY_TYPED | {"unescape", "unquote", "unquote_plus", "parse_qs", "parse_qsl"}


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["%3Cb%3E", "&lt;b&gt;", "%253Cb%253E", "\\u003cb\\u003e", "=3Cb=3E"])
def test_what_looks_encoded_stays_as_it_was_typed(typed: str) -> None:
    form = type("Typed", (fields.BatonForm,), {"note": fields.LongTextField()})({"note": typed})
    assert form.is_valid()
    assert form.cleaned_data["note"] == typed


def test_no_pattern_is_made_of_what_was_typed() -> None:
    found = set()
    for path, call in calls():
        name = ast.unparse(call.func)
        if name.startswith("re.") and name[3:] in PATTERNS and not isinstance(call.args[0], ast.Constant):
            found.add(path)
    assert found <= MADE_OF_PARTS, "look: is each part a constant, or escaped by re.escape? Then name it above"


def test_no_format_string_comes_from_outside() -> None:
    """What is formatted is a constant of the code, by name or in place; PostgreSQL's `sql.SQL` takes such alone."""
    found = []
    for path, call in calls():
        if isinstance(call.func, ast.Attribute) and call.func.attr in ("format", "format_map"):
            base = ast.unparse(call.func.value)
            constant = isinstance(call.func.value, ast.Constant) or base.isupper() or base.startswith("sql.SQL(")
            if not constant and path not in OF_OUR_OWN_FILES:
                found.append(f"{path}: {base}")
    assert found == [], "format a constant; what comes from our own files is named above"


OF_OUR_OWN_FILES = {
    "relationships/presenters/words.py",  # words of the same module
    "demonstration/staffing.py", "demonstration/bulk.py", "importing/actions/undoing.py", "cluster/databases.py",
    "rights/presenters/copies.py", "governance/forms.py",
}  # fmt: skip


def test_answers_for_scripts_name_each_field() -> None:
    """No record is turned into an answer whole: JSON is made of a literal, and serialisers of records are not used."""
    found = []
    for path, call in calls():
        name = ast.unparse(call.func).rpartition(".")[2]
        if name in ("model_to_dict", "serialize"):
            found.append(f"{path}: {ast.unparse(call)[:80]}")
        if name == "JsonResponse" and not isinstance(call.args[0], ast.Dict):
            found.append(f"{path}: {ast.unparse(call)[:80]}")
    assert found == []


# Scripts


def words_of(script: Path) -> str:
    """Without its comments."""
    return re.sub(r"^\s*//.*$", "", script.read_text(), flags=re.MULTILINE)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_scripts_keep_nothing_in_the_browser(script: Path) -> None:
    stores = r"localStorage|sessionStorage|indexedDB|document\.cookie|caches\.|serviceWorker|cookieStore"
    assert re.findall(stores, words_of(script)) == []


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_scripts_cannot_have_their_prototypes_polluted(script: Path) -> None:
    """No object takes a key that is not written in the script, and nothing is merged into another."""
    text = words_of(script)
    assert re.findall(r"__proto__|\.prototype\b(?!\))|Object\.assign|structuredClone|\bwith\s*\(", text.replace(
        "in HTMLScriptElement.prototype", "")) == []  # fmt: skip
    keys = re.findall(r"(\w+)\[([^\]'\"]+)\]\s*=(?!=)", text)
    assert [pair for pair in keys if pair != ("told", "name")] == [], "told[name]: name is of a list in the script"


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_scripts_make_no_markup_and_no_program_of_text(script: Path) -> None:
    sinks = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|setTimeout\(['\"`]"
    assert re.findall(sinks, words_of(script)) == []
