"""Everybody compared with everybody by splink, where it is installed: which pairs it holds to be of one person.

splink knows two stories only, one person and strangers, so it takes twins for one. It proposes; `scoring` weighs.
"""

import importlib.util
import logging
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from baton.matching.likeness.facts import Facts
from baton.matching.likeness.names import called
from baton.matching.likeness.sounds import sound_of

if TYPE_CHECKING:
    from splink import Linker, SettingsCreator

FEWEST_PEOPLE = 1_000  # of fewer it learns nothing it could rely on
LEAST_SURE = 0.9
PAIRS_TAKEN_BLINDLY = 1_000_000
SEED = 4
BLOCKS: tuple[tuple[str, ...], ...] = (
    ("born",),
    ("given", "family"),
    ("given_sound", "family_sound", "year"),
    ("family", "postcode"),
    ("given", "postcode"),
    ("given", "month"),
    ("family", "year"),
    ("phone",),
    ("nhs",),
    ("upn",),
)
CERTAIN: tuple[tuple[str, ...], ...] = (("given", "family", "born"), ("nhs",), ("upn",))
RECALL_OF_CERTAIN = 0.5
TAUGHT_BY: tuple[tuple[str, ...], ...] = (("born",), ("given", "family"))
Pair = tuple[int, int]


def is_here() -> bool:
    """Whether splink is installed (the extra `matching`)."""
    return importlib.util.find_spec("splink") is not None


def pairs_found(people: Mapping[int, Facts], *, least: float = LEAST_SURE) -> dict[Pair, float]:
    """The pairs of ids, the lower first, that splink holds to be of one person at least so surely.

    It learns its weights from these people alone. Empty where they are too few, or where it can learn nothing of them.
    """
    if len(people) < FEWEST_PEOPLE:
        return {}
    from splink import DuckDBAPI, Linker
    from splink.internals.exceptions import SplinkException

    table = DuckDBAPI().register(_table(people))
    linker = Linker(table, _settings(), log_level=logging.ERROR)
    try:
        _teach(linker)
        found = linker.inference.predict(threshold_match_probability=least).as_record_list()
    except (SplinkException, ValueError):  # the second where nobody is there twice by any certain sign
        return {}
    return {_pair(row["unique_id_l"], row["unique_id_r"]): float(row["match_probability"]) for row in found}


def _teach(linker: "Linker") -> None:
    from splink import block_on

    training = linker.training
    certain: list[Any] = [block_on(*columns) for columns in CERTAIN]
    training.estimate_probability_two_random_records_match(certain, recall=RECALL_OF_CERTAIN)
    training.estimate_u_using_random_sampling(max_pairs=PAIRS_TAKEN_BLINDLY, seed=SEED)
    for columns in TAUGHT_BY:
        training.estimate_parameters_using_expectation_maximisation(block_on(*columns))


def _settings() -> "SettingsCreator":
    import splink.comparison_library as cl
    from splink import SettingsCreator, block_on

    common = [
        cl.JaroWinklerAtThresholds(name, [0.92, 0.8]).configure(term_frequency_adjustments=True)
        for name in ("given", "family")
    ]
    return SettingsCreator(
        link_type="dedupe_only",
        blocking_rules_to_generate_predictions=[block_on(*columns) for columns in BLOCKS],
        comparisons=[
            *common,
            cl.DamerauLevenshteinAtThresholds("born", [1, 2]),
            cl.LevenshteinAtThresholds("postcode", 1),
            cl.LevenshteinAtThresholds("address", 3),
            cl.ExactMatch("sex"),
            cl.ExactMatch("phone"),
            cl.DamerauLevenshteinAtThresholds("nhs", 1),
            cl.DamerauLevenshteinAtThresholds("upn", 1),
        ],
    )


def _table(people: Mapping[int, Facts]) -> Any:
    import pyarrow as pa

    columns: dict[str, list[Any]] = {"unique_id": list(people)}
    for facts in people.values():
        for name, value in _row(facts).items():
            columns.setdefault(name, []).append(value or None)
    return pa.table(
        {name: pa.array(values, None if name == "unique_id" else pa.string()) for name, values in columns.items()}
    )


def _row(facts: Facts) -> dict[str, str]:
    """What splink compares: the present name, in the one form that all its short forms share, and one of each else."""
    numbers = dict(facts.identifiers)
    given, family = (names[0] if names else "" for names in (facts.given, facts.family))
    born = facts.born.isoformat() if facts.born else ""
    return {
        "given": _in_one_form(given),
        "family": family,
        "given_sound": sound_of(given),
        "family_sound": sound_of(family),
        "born": born,
        "year": born[:4],
        "month": born[:7],
        "sex": facts.sex,
        "postcode": facts.postcodes[0] if facts.postcodes else "",
        "address": facts.addresses[0] if facts.addresses else "",
        "phone": facts.phones[0] if facts.phones else "",
        "nhs": numbers.get("nhs", ""),
        "upn": numbers.get("upn", ""),
    }


def _in_one_form(given: str) -> str:
    """A first name by the first of the names it may stand for: "liz" and "beth" are "elizabeth"."""
    return min(called().get(given, frozenset({given})))


def _pair(one: Any, other: Any) -> Pair:
    return (int(min(one, other)), int(max(one, other)))
