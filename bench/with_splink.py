"""splink on FEBRL 4: its own comparisons for names, birth dates and postcodes, trained as its guide says."""

from collections.abc import Mapping, Sequence

import pyarrow as pa
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

Row = Mapping[str, str]
FIELDS = ("given_name", "surname", "street_number", "address_1", "address_2", "suburb", "postcode", "date_of_birth")
BLOCKS = (
    block_on("given_name", "surname"), block_on("surname", "postcode"), block_on("given_name", "postcode"),
    block_on("date_of_birth"), block_on("street_number", "address_1"), block_on("street_number", "address_2"),
    block_on("postcode", "suburb"), block_on("given_name", "suburb"), block_on("surname", "suburb"),
)  # fmt: skip


def pairs_found(left: Sequence[Row], right: Sequence[Row], *, sure: float) -> list[tuple[str, str]]:
    """Pairs that splink holds to be of one person, at least so surely."""
    database = DuckDBAPI()
    tables = [database.register(_table(rows), dataset_display_name=name) for name, rows in (("a", left), ("b", right))]
    linker = Linker(tables, _settings(), log_level=40)
    training = linker.training
    training.estimate_probability_two_random_records_match([block_on("given_name", "surname", "postcode")], recall=0.5)
    training.estimate_u_using_random_sampling(max_pairs=1_000_000, seed=4)
    for block in (block_on("date_of_birth"), block_on("postcode", "surname")):
        training.estimate_parameters_using_expectation_maximisation(block)
    found = linker.inference.predict(threshold_match_probability=sure).as_record_list()
    return [(str(row["unique_id_l"]), str(row["unique_id_r"])) for row in found]


def _settings() -> SettingsCreator:
    near = [cl.LevenshteinAtThresholds(name, 2) for name in ("street_number", "address_1", "address_2", "suburb")]
    names = [cl.JaroWinklerAtThresholds(name, [0.92, 0.8]) for name in ("given_name", "surname")]
    numbers = [cl.DamerauLevenshteinAtThresholds(name, [1, 2]) for name in ("postcode", "date_of_birth")]
    return SettingsCreator(
        link_type="link_only",
        blocking_rules_to_generate_predictions=list(BLOCKS),
        comparisons=[*names, *near, *numbers],
    )


def _table(rows: Sequence[Row]) -> pa.Table:
    columns = {name: [row[name] or None for row in rows] for name in FIELDS}
    return pa.table(columns | {"unique_id": [row["rec_id"] for row in rows]})
