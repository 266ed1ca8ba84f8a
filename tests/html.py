"""Lints a page: valid HTML, one h1, a title, unique ids, every control labelled, nothing inline."""

from collections import Counter
from itertools import pairwise
from xml.etree.ElementTree import Element

import html5lib

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
CONTROLS = ("input", "select", "textarea")
NEED_NO_LABEL = ("hidden", "submit", "button", "reset", "image")
POINTERS = ("aria-describedby", "aria-labelledby", "aria-controls", "aria-owns", "data-aria-controls")
RUNNABLE = ("", "module", "text/javascript", "application/javascript")


def lint_page(page: str) -> None:
    """Fail for a whole page that has faults, naming each."""
    faults = faults_of_page(page)
    assert not faults, "\n".join(faults)


def faults_of_page(page: str) -> list[str]:
    """What is wrong with a whole page, one sentence each; an empty list for a good page."""
    root, faults = _parsed(page)
    for check in (_has_one_heading, _has_title_and_language, _ids_are_unique, _pointers_arrive):
        faults += check(root)
    for check in (_controls_are_labelled, _fieldsets_have_legends, _nothing_is_inline, _posts_are_guarded):
        faults += check(root)
    return faults + _links_and_buttons_have_names(root) + _headings_skip_no_level(root)


def faults_of_part(markup: str) -> list[str]:
    """What is wrong with a part of a page."""
    head = '<!DOCTYPE html><html lang="en-GB"><head><title>Part</title></head>'
    faults = faults_of_page(f"{head}<body>{markup}</body></html>")
    return [fault for fault in faults if "h1" not in fault and "heading level" not in fault]


def text_of(element: Element) -> str:
    """The words of an element and all within."""
    return " ".join("".join(element.itertext()).split())


def parse(page: str) -> Element:
    """The tree of a page, for tests that look for things in it."""
    return html5lib.parse(page, namespaceHTMLElements=False)


def _parsed(page: str) -> tuple[Element, list[str]]:
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    root = parser.parse(page)
    lines = page.splitlines()
    return root, [
        f"invalid HTML: {code} {detail or ''} at line {line}, {lines[line - 1][max(0, column - 60) : column + 20]!r}"
        for (line, column), code, detail in parser.errors
    ]


def _has_one_heading(root: Element) -> list[str]:
    found = [text_of(h1) for h1 in root.iter("h1")]
    if len(found) != 1:
        return [f"a page has one h1, this has {len(found)}: {found}"]
    return [] if found[0] else ["the h1 is empty"]


def _headings_skip_no_level(root: Element) -> list[str]:
    main = root.find(".//main")
    levels = [int(e.tag[1]) for e in (root if main is None else main).iter() if _tag(e) in HEADINGS]
    after_h1 = levels[levels.index(1) :] if 1 in levels else []
    return [
        f"a heading level is skipped: h{before} then h{level}"
        for before, level in pairwise(after_h1)
        if level > before + 1
    ]


def _has_title_and_language(root: Element) -> list[str]:
    faults = []
    title = root.find("./head/title")
    if title is None or not text_of(title):
        faults.append("the page has no title")
    if not root.get("lang"):
        faults.append("the page names no language")
    return faults


def _ids_are_unique(root: Element) -> list[str]:
    counted = Counter(e.get("id") for e in root.iter() if e.get("id") is not None)
    faults = [f"id {name!r} stands {count} times" for name, count in counted.items() if count > 1]
    return faults + [f"id {name!r} is empty or has a space" for name in counted if not name or len(name.split()) != 1]


def _pointers_arrive(root: Element) -> list[str]:
    ids = {e.get("id") for e in root.iter()}
    faults = []
    for e in root.iter():
        faults += [
            f"{pointer} of {_name(e)} points at no id {target!r}"
            for pointer in POINTERS
            for target in (e.get(pointer) or "").split()
            if target not in ids
        ]
        if e.tag == "label" and e.get("for") not in ids:
            faults.append(f"label {text_of(e)!r} is for no id {e.get('for')!r}")
        href = e.get("href") or ""
        if e.tag == "a" and href.startswith("#") and href != "#" and href[1:] not in ids:
            faults.append(f"link {text_of(e)!r} leads to no id {href!r}")
    return faults


def _controls_are_labelled(root: Element) -> list[str]:
    labelled = Counter(e.get("for") for e in root.iter("label") if text_of(e))
    wrapped = {id(control) for label in root.iter("label") for control in label.iter()}
    faults = []
    for e in root.iter():
        if _tag(e) not in CONTROLS or (e.tag == "input" and e.get("type") in NEED_NO_LABEL):
            continue
        named = labelled[e.get("id")] or id(e) in wrapped or e.get("aria-label") or e.get("aria-labelledby")
        if not named:
            faults.append(f"{_name(e)} has no label")
        if labelled[e.get("id")] > 1:
            faults.append(f"{_name(e)} has {labelled[e.get('id')]} labels")
        if not e.get("name"):
            faults.append(f"{_name(e)} has no name to be posted under")
    return faults


def _fieldsets_have_legends(root: Element) -> list[str]:
    faults = []
    for fieldset in root.iter("fieldset"):
        first = next(iter(fieldset), None)
        if first is None or first.tag != "legend" or not text_of(first):
            faults.append(f"a fieldset starts with no legend: {text_of(fieldset)[:60]!r}")
    within = {id(e) for fieldset in root.iter("fieldset") for e in fieldset.iter()}
    radios = Counter(e.get("name") for e in root.iter("input") if e.get("type") == "radio" and id(e) not in within)
    return faults + [f"radios {name!r} stand in no fieldset" for name in radios]


def _nothing_is_inline(root: Element) -> list[str]:
    faults = []
    for e in root.iter():
        faults += [f"{_name(e)} has an inline {name}" for name in e.attrib if name == "style" or name.startswith("on")]
        if _tag(e) == "style":
            faults.append("the page has an inline style sheet")
        if _tag(e) == "script" and not e.get("src") and (e.get("type") or "") in RUNNABLE:
            faults.append("the page has an inline script")
        if any(
            (e.get(name) or "").strip().lower().startswith("javascript:") for name in ("href", "action", "formaction")
        ):
            faults.append(f"{_name(e)} leads to a script")
    return faults


def _posts_are_guarded(root: Element) -> list[str]:
    return [
        f"the form to {form.get('action') or 'its own page'!r} posts without a csrf token"
        for form in root.iter("form")
        if (form.get("method") or "").lower() == "post"
        and not any(e.get("name") == "csrfmiddlewaretoken" for e in form.iter("input"))
    ]


def _links_and_buttons_have_names(root: Element) -> list[str]:
    return [
        f"{_name(e)} says nothing"
        for e in root.iter()
        if _tag(e) in ("a", "button") and not text_of(e) and not e.get("aria-label") and not e.get("aria-labelledby")
    ]


def _tag(element: Element) -> str:
    """The element's name; a comment has none."""
    return element.tag if isinstance(element.tag, str) else ""


def _name(element: Element) -> str:
    return f"<{element.tag} id={element.get('id')!r} name={element.get('name')!r}>"
