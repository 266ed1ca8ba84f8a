"""What came from a keyboard or a clipboard, without the characters no keyboard makes."""

from typing import Any

from django.http import QueryDict

INVISIBLE = {code: None for code in [*range(32), 127, 0x200B, 0x2028, 0x2029, 0xFEFF] if code not in (9, 10)}


def without_control_characters(text: str) -> str:
    """The text without NUL and other control characters; lines end in one newline, as the browser counts them."""
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(INVISIBLE)


def cleaned_post(posted: Any) -> Any:
    """A post, or a plain mapping, with every typed text cleaned."""
    if not isinstance(posted, QueryDict):
        return {name: _cleaned(value) for name, value in posted.items()}
    cleaned = QueryDict(mutable=True, encoding=posted.encoding)
    for name, values in posted.lists():
        cleaned.setlist(name, [_cleaned(value) for value in values])
    return cleaned


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return without_control_characters(value)
    if isinstance(value, list):
        return [_cleaned(each) for each in value]
    return value
