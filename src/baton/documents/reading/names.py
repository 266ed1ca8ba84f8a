"""The name of a file, as it is shown and offered again. It is never a path, and nothing is found by it."""

import unicodedata

LONGEST = 100
NOT_IN_NAMES = set('<>:"/\\|?*%')


def ending_of(name: str) -> str:
    """What stands after the last dot, in small letters: "docx"; empty where there is none."""
    return name.rpartition(".")[2].strip().lower() if "." in name else ""


def safe_name(name: str, ending: str) -> str:
    """The name without folders, signs a system would act on and marks nobody sees; it ends as what it holds does."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    stem = "".join(_letter(each) for each in last.rpartition(".")[0])
    stem = " ".join(stem.split()).strip(". ")[:LONGEST].strip(". ")
    return f"{stem or 'document'}.{ending}"


def _letter(each: str) -> str:
    """Control and direction marks vanish: a name that turns round could hide its ending."""
    if unicodedata.category(each) in ("Cc", "Cf", "Co", "Cs", "Cn"):
        return " " if each in "\t\n\r" else ""
    return "_" if each in NOT_IN_NAMES else each
