"""Where families come from and what they speak at home, in the shares that are known of the places."""

from random import Random

# How many children belong to a minority: Derby 2017, Doncaster 2015. Nobody published Dorset's: it takes Doncaster's.
MINORITY = {"derby": 0.29, "doncaster": 0.07, "dorset": 0.07}
# Of those families. The first four in the shares one London borough published; the others, of which it published
# none, in equal parts. With each: the language of the home and how often it is not English.
MINORITIES = (
    ("MWBC", 6.4, "en", 0.0),
    ("BAFR", 5.8, "so", 0.3),
    ("MOTH", 5.2, "en", 0.0),
    ("BCRB", 3.9, "en", 0.0),
    ("WOTH", 4.0, "pl", 0.6),
    ("WROM", 4.0, "ro", 0.5),
    ("APKN", 4.0, "ur", 0.4),
    ("AIND", 4.0, "pa", 0.3),
    ("MWAS", 4.0, "en", 0.0),
    ("OOTH", 4.0, "ar", 0.6),
)
REFUSED, NOT_ASKED = 0.005, 0.003  # the same borough


def origin_of(random: Random, place: str) -> tuple[str, str]:
    """The ethnicity of a family, and the language of its home, by their codes."""
    if random.random() >= MINORITY[place]:
        return "WBRI", "en"
    chosen = random.choices(MINORITIES, [share for _, share, _, _ in MINORITIES])[0]
    ethnicity, _, language, how_often = chosen
    return ethnicity, language if random.random() < how_often else "en"


def says_no(random: Random) -> str:
    """The code of somebody who would rather not say, or whom nobody asked; empty for everybody else."""
    drawn = random.random()
    return "REFU" if drawn < REFUSED else "NOBT" if drawn < REFUSED + NOT_ASKED else ""
