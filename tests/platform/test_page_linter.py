"""The linter that every page test uses finds what it is for."""

import pytest

from tests.html import faults_of_page, faults_of_part, lint_page

GOOD = """<!DOCTYPE html><html lang="en-GB"><head><title>A title</title></head><body><main><h1>A heading</h1>
<form method="post"><input type="hidden" name="csrfmiddlewaretoken" value="x"><label for="a">A</label>
<input id="a" name="a" type="text"><button type="submit">Save</button></form></main></body></html>"""


def test_a_good_page_has_no_faults():
    lint_page(GOOD)


@pytest.mark.parametrize(
    ("good", "bad", "fault"),
    [
        ("<h1>A heading</h1>", "<h2>A heading</h2>", "one h1"),
        ("<h1>A heading</h1>", "<h1>A</h1><h1>B</h1>", "one h1"),
        ("<h1>A heading</h1>", "<h1> </h1>", "h1 is empty"),
        ("<h1>A heading</h1>", "<h1>A heading</h1><h3>Too deep</h3>", "heading level"),
        ("A title", "", "no title"),
        (' lang="en-GB"', "", "no language"),
        ("<!DOCTYPE html>", "", "invalid HTML"),
        ("<h1>A heading</h1>", "<h1>A heading</h1><p><div></div></p>", "invalid HTML"),
        ("<h1>A heading</h1>", '<h1 id="a">A heading</h1>', "stands 2 times"),
        ("<h1>A heading</h1>", '<h1 id="a b">A heading</h1>', "has a space"),
        ('<label for="a">A</label>', "", "has no label"),
        ('<label for="a">A</label>', '<label for="a"></label>', "has no label"),
        ('<label for="a">A</label>', '<label for="a">A</label><label for="a">B</label>', "2 labels"),
        ('<label for="a">', '<label for="b">', "is for no id"),
        ('id="a" name="a"', 'id="a" name="a" aria-describedby="nowhere"', "points at no id"),
        ('id="a" name="a"', 'id="a"', "no name to be posted"),
        ("<h1>A heading</h1>", '<h1>A heading</h1><a href="#nowhere">On</a>', "leads to no id"),
        ("<h1>A heading</h1>", '<h1>A heading</h1><a href="/"></a>', "says nothing"),
        ("<h1>A heading</h1>", '<h1 style="color: red">A heading</h1>', "inline style"),
        ("<h1>A heading</h1>", '<h1 onclick="go()">A heading</h1>', "inline onclick"),
        ("<h1>A heading</h1>", "<h1>A heading</h1><script>go()</script>", "inline script"),
        ("<h1>A heading</h1>", '<h1>A heading</h1><a href="javascript:go()">On</a>', "leads to a script"),
        ("<title>", "<style>h1 {}</style><title>", "inline style sheet"),
        ("<h1>A heading</h1>", "<h1>A heading</h1><fieldset><p>No legend</p></fieldset>", "no legend"),
        ("<h1>A heading</h1>", '<h1>A heading</h1><label><input type="radio" name="r">R</label>', "no fieldset"),
        ('name="csrfmiddlewaretoken"', 'name="other"', "without a csrf token"),
    ],
)
def test_a_fault_is_found(good, bad, fault):
    assert good in GOOD
    faults = faults_of_page(GOOD.replace(good, bad, 1))
    assert any(fault in found for found in faults), faults


def test_a_page_with_faults_fails_and_names_them():
    with pytest.raises(AssertionError, match="one h1"):
        lint_page(GOOD.replace("h1", "p"))


def test_a_part_of_a_page_needs_no_heading():
    assert faults_of_part("<p>Only a part</p>") == []
