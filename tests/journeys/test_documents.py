"""A report and a child's drawing are added, found, opened elsewhere and withdrawn, at a desk and on a telephone."""

from datetime import date
from pathlib import Path

from tests.documents.files import a_docx, a_pdf, a_picture
from tests.factories import Place
from tests.factories.guarded import a_restriction
from tests.journeys.browser import screenshot
from tests.journeys.conftest import Enter
from tests.journeys.roads import Road, in_each_place, in_each_place_wide_or_narrow, leader, led
from tests.journeys.somebody import Somebody

ON = date(2026, 9, 14)


def fills_in(worker: Somebody, kind: str, title: str) -> None:
    worker.picks("What kind of document is it?", kind)
    worker.writes("What is it?", title)
    worker.dates("What date is on it?", ON)


def chooses_file(worker: Somebody, name: str, contents: bytes, media_type: str) -> None:
    file = {"name": name, "mimeType": media_type, "buffer": contents}
    worker.page.get_by_label("Choose the file").set_input_files(file)  # type: ignore[arg-type]


@in_each_place
def test_a_report_is_added_after_a_refusal_and_a_drawing_from_a_telephone(
    place: Place, enter: Enter, road: Road, tmp_path: Path
) -> None:
    # Given a family, led in Derby by somebody of a school, and a report from the school nurse
    family_id = led(place, road).family_id
    report = a_pdf(b"/Title(Report)")

    # When the worker first chooses a document with macros
    worker = enter(road.lead)
    worker.goes_to(f"/families/{family_id}/")
    worker.follows("Documents")
    worker.reads("No document has been added yet.")
    screenshot(worker.page, f"documents-none-{road}")
    worker.presses("Add a document")
    fills_in(worker, "Report of another agency", "The school nurse’s report")
    worker.writes("Is there anything to say about it? (optional)", "She is worried about his sleep.")
    chooses_file(worker, "report.docx", a_docx(**{"word/vbaProject.bin": b"x"}), "application/msword")
    screenshot(worker.page, f"document-add-{road}")
    worker.presses("Add the document", refused=True)

    # Then the page says why, and only the file is to be chosen again
    worker.reads("The document holds macros or other files.", "A file cannot be: choose it again.")
    assert worker.page.get_by_label("What is it?").input_value() == "The school nurse’s report"
    screenshot(worker.page, f"document-refused-{road}")
    chooses_file(worker, "report.pdf", report, "application/pdf")
    worker.presses("Add the document")
    worker.reads("The school nurse’s report", "This file has not been scanned for viruses: no scanner is set up here.")
    screenshot(worker.page, f"document-{road}")

    # And the file comes as a file
    with worker.page.expect_download() as coming:
        worker.page.get_by_role("button", name="Download the file").click()
    assert coming.value.suggested_filename == "report.pdf"
    coming.value.save_as(tmp_path / "report.pdf")
    assert (tmp_path / "report.pdf").read_bytes() == report

    # When she photographs a drawing with her telephone
    phone = enter(road.lead, phone=True)
    phone.goes_to(f"/families/{family_id}/documents/add/")
    fills_in(phone, "Drawing or writing by a child or young person", "My week")
    phone.picks("Who is it about?", "Ashby Quillfeather")
    phone.writes("Is there anything to say about it? (optional)", "“I like Thursdays.”")
    chooses_file(phone, "IMG_0001.jpg", a_picture(size=(640, 480)), "image/jpeg")
    screenshot(phone.page, f"phone-document-add-{road}")
    phone.presses("Add the document")
    phone.reads("The picture was drawn anew", "“I like Thursdays.”")
    screenshot(phone.page, f"phone-document-{road}")

    # Then list and timeline tell of both, and the drawing counts as direct work
    phone.goes_to(f"/families/{family_id}/documents/")
    phone.reads("My week", "The school nurse’s report")
    screenshot(phone.page, f"phone-documents-{road}")
    worker.goes_to(f"/families/{family_id}/timeline/")
    worker.reads("Direct work recorded", "My week", "Document added", "The school nurse’s report")

    # When the report turns out to be of another family
    worker.goes_to(f"/families/{family_id}/documents/")
    screenshot(worker.page, f"documents-{road}")
    worker.follows("The school nurse’s report")
    worker.follows("Withdraw this document")
    worker.writes("Why should it not be in the record?", "It is about another family")
    screenshot(worker.page, f"document-withdraw-{road}")
    worker.presses("Withdraw it")

    # Then it stays, with the reason, and nobody opens it
    worker.reads("It is about another family", "nobody opens it any more")
    assert not worker.has_way("Download")
    screenshot(worker.page, f"document-withdrawn-{road}")
    worker.goes_to(f"/families/{family_id}/timeline/")
    worker.does_not_read("The school nurse’s report")


@in_each_place_wide_or_narrow
def test_without_script_a_document_is_added_and_a_closed_familys_is_not_there(
    place: Place, enter: Enter, road: Road, phone: bool
) -> None:
    # Given a browser without script
    family_id = led(place, road).family_id
    worker = enter(road.lead, script=False, phone=phone)
    worker.goes_to(f"/families/{family_id}/documents/add/")
    fills_in(worker, "Something else", "A note")
    chooses_file(worker, "note.txt", b"Words", "text/plain")

    # When the form is sent
    worker.presses("Add the document")

    # Then it is there for the team, and for nobody once the family is restricted to others
    worker.reads("A note")
    path = worker.path
    colleague = enter("colleague", phone=phone)
    colleague.goes_to(path)
    colleague.reads("A note")
    a_restriction(place, family_id, leader(place, road))
    colleague.page.goto(path)
    colleague.does_not_read("A note")
