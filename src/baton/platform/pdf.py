"""PDFs that a screen reader can read: a Typst template and plain data in, pages out. What people typed is only text."""

import json
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst
from django.conf import settings

TEMPLATES = Path(__file__).with_name("papers")
FONTS = Path(settings.PACKAGE) / "static" / "built" / "fonts"
ACCESSIBLE: list[Any] = ["ua-1"]  # PDF/UA: tagged, named, in a language, with words for each picture

log = logging.getLogger(__name__)


def pdf_of(template: str, data: Mapping[str, Any]) -> bytes:
    """A PDF by a template of `papers/`, which reads `data` from `sys.inputs.data` as JSON.

    A name in a script that no font here covers would stop an accessible PDF; then one without that promise is made.
    """
    asked: dict[str, Any] = {
        "input": str(TEMPLATES / f"{template}.typ"),
        "root": str(TEMPLATES),
        "font_paths": [str(FONTS)],
        "ignore_system_fonts": True,
        "sys_inputs": {"data": json.dumps(data)},
        "format": "pdf",
    }
    try:
        made: Any = typst.compile(**asked, pdf_standards=ACCESSIBLE)
    except typst.TypstError:  # its message may hold a name
        log.warning("A PDF by the template %s could not keep to PDF/UA", template)
        made = typst.compile(**asked)
    return bytes(made)
