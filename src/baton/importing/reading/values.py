"""Values as they are kept, from what a cell holds. Each reading gives the value and, where something is wrong, why."""

import json
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from baton.importing.reading.dates import read_date
from baton.importing.reading.targets import Field, Read
from baton.people.policies.identifiers import is_nhs_number, is_uln, is_upn, is_uprn, plain, postcode_of

EMPTY = {"", "null", "none", "n/a", "nan", "#n/a", "ssd_ph", "placeholder_data"}
YES, NO = {"y", "yes", "true", "1", "t"}, {"n", "no", "false", "0", "f"}
AN_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
BETWEEN_CODES = re.compile(r"[;|]")
LOST_LETTER = "\ufffd"
BROKEN = re.compile(r"Ã[\u0080-\u00bf\u0152-\u02dc\u2013-\u2122]|â€|Â[\u00a0-\u00bf]")  # two bytes read as two letters
Codes = Mapping[str, str]  # codes and their titles in small letters, and the code meant


class ValueRead(NamedTuple):
    """A value as kept, None where there is none; `note` is worth reading, `wrong` is why nothing was kept.
    `is_nothing`: the mapping says that the code stands for nothing."""

    value: Any = None
    note: str = ""
    wrong: str = ""
    is_nothing: bool = False


NOTHING = ValueRead()
Reader = Callable[[Any], ValueRead]


def text_of(cell: Any) -> str:
    """What a cell says, without blanks around it; nothing where a system writes NULL. 12.0 of a workbook is 12."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    text = str(cell).strip()
    return "" if text.casefold() in EMPTY else text


def folded(text: str) -> str:
    """As codes are compared: small letters, single blanks."""
    return " ".join(text.split()).casefold()


def reader_of(field: Field, *, table: Codes, known: Codes, order: str, today: date) -> Reader:
    """How one field of a sheet is read. `table` translates its codes; `known` are those Baton has."""
    if field.read is Read.DATE:
        return lambda cell: _day(cell, field, order, today)
    if field.read is Read.CODE:
        return lambda cell: _code(text_of(cell), table, known)
    if field.read is Read.CODES:
        return lambda cell: _codes(cell, table, known)
    if field.read is Read.YES_NO:
        return lambda cell: _yes_no(cell, table)
    simple = SIMPLE[field.read]
    most = field.most
    return lambda cell: _fitting(simple(cell), most)


def says_yes(cell: Any) -> bool:
    """Whether a flag is set."""
    return folded(text_of(cell)) in YES


def keys_in(cell: Any) -> Mapping[str, Any]:
    """The keys of a JSON column in small letters with what they hold; none where it is no JSON."""
    try:
        found = json.loads(text_of(cell) or "{}")
    except ValueError:
        return {}
    found = found[0] if isinstance(found, list) and found else found
    return {str(name).casefold(): value for name, value in found.items()} if isinstance(found, dict) else {}


def _day(cell: Any, field: Field, order: str, today: date) -> ValueRead:
    read = read_date(cell if isinstance(cell, date) else text_of(cell), order=order, today=today)
    if read.wrong or read.day is None:
        return ValueRead(None, read.note, read.wrong)
    if read.day > today and not field.may_be_to_come:
        return ValueRead(None, wrong="lies in the future")
    return ValueRead(read.day.isoformat(), read.note)


def _code(text: str, table: Codes, known: Codes) -> ValueRead:
    wanted = folded(text)
    meant = table.get(wanted, table.get("*", text) if wanted and wanted not in known else text)
    if not meant:
        return ValueRead(is_nothing=bool(wanted))
    code = known.get(folded(meant))
    return ValueRead(code) if code is not None else ValueRead(None, wrong="is a code that nobody translated")


def _codes(cell: Any, table: Codes, known: Codes) -> ValueRead:
    read = [_code(part.strip(), table, known) for part in BETWEEN_CODES.split(text_of(cell)) if part.strip()]
    codes = list(dict.fromkeys(each.value for each in read if each.value))
    wrong = next((each.wrong for each in read if each.wrong), "")
    return ValueRead(codes or None, wrong=wrong, is_nothing=any(each.is_nothing for each in read))


def _yes_no(cell: Any, table: Codes) -> ValueRead:
    if isinstance(cell, bool):
        return ValueRead(cell)
    wanted = folded(text_of(cell))
    wanted = folded(table.get(wanted, wanted))
    if not wanted:
        return NOTHING
    return ValueRead(wanted in YES) if wanted in YES | NO else ValueRead(None, wrong="is neither yes nor no")


def _fitting(read: ValueRead, most: int) -> ValueRead:
    value = read.value
    if isinstance(value, str) and LOST_LETTER in value:
        read = read._replace(note="holds a letter that could not be read. Name the file's encoding")
    elif isinstance(value, str) and BROKEN.search(value):
        read = read._replace(note="has letters that were broken on the way here. Make the extract anew")
    elif isinstance(value, str) and value.startswith("="):
        read = read._replace(note="is what a spreadsheet would work out; it was taken as it stands")
    if most and isinstance(value, str) and len(value) > most:
        return ValueRead(value[:most], f"is longer than {most} letters; the rest was cut off")
    return read


def _text(cell: Any) -> ValueRead:
    text = " ".join(text_of(cell).split())
    return ValueRead(text) if text else NOTHING


def _lines(cell: Any) -> ValueRead:
    lines = [" ".join(line.split()) for line in text_of(cell).splitlines()]
    return ValueRead("\n".join(filter(None, lines)) or None)


def _number(cell: Any) -> ValueRead:
    text = re.sub(r"^\s*(?:level|tier)\s*", "", text_of(cell), flags=re.IGNORECASE)
    if not text:
        return NOTHING
    return ValueRead(int(text)) if text.isdecimal() and len(text) < 5 else ValueRead(None, wrong="is not a number")


def _numbered(sound: Callable[[str], bool], wrong: str) -> Reader:
    def read(cell: Any) -> ValueRead:
        number = plain(text_of(cell))
        if not number:
            return NOTHING
        return ValueRead(number) if sound(number) else ValueRead(None, wrong=wrong)

    return read


def _postcode(cell: Any) -> ValueRead:
    text = text_of(cell)
    found = postcode_of(text)
    return ValueRead(found) if found or not text else ValueRead(None, wrong="is not a postcode")


def _email(cell: Any) -> ValueRead:
    text = text_of(cell).lower()
    if not text:
        return NOTHING
    return ValueRead(text) if AN_ADDRESS.fullmatch(text) else ValueRead(None, wrong="is not an e-mail address")


SIMPLE: Mapping[Read, Reader] = {
    Read.KEY: _text,
    Read.NAME: _text,
    Read.TEXT: _text,
    Read.LINES: _lines,
    Read.NUMBER: _number,
    Read.NHS: _numbered(is_nhs_number, "is an NHS number whose digits do not fit together"),
    Read.UPN: _numbered(is_upn, "is a UPN that does not fit together"),
    Read.ULN: _numbered(is_uln, "is a ULN whose digits do not fit together"),
    Read.POSTCODE: _postcode,
    Read.UPRN: _numbered(is_uprn, "is a UPRN that does not fit together"),
    Read.EMAIL: _email,
}
