"""What in a migration would hold up people at work: statements that lock a table while they read or rewrite all of it.

It looks at the SQL, whether Django wrote it or we did. Of tables that the same migration makes, nothing is said.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

BODY = re.compile(r"(\$\w*\$).*?\1", re.DOTALL)
TEXT = re.compile(r"'(?:[^']|'')*'")
COMMENT = re.compile(r"--[^\n]*|/\*.*?\*/", re.DOTALL)
MADE = re.compile(r"create (?:unlogged |temporary |temp )?table (?:if not exists )?([\w.\"]+)")
CHANGED = re.compile(
    r"^(?:alter table (?:if exists )?(?:only )?|.*? on (?:only )?|truncate (?:table )?|lock (?:table )?)([\w.\"]+)",
    re.DOTALL,
)
VOLATILE = r"(?:random|gen_random_uuid|clock_timestamp|timeofday|nextval|uuid_generate_v4)\s*\("


@dataclass(frozen=True)
class Rule:
    """`pattern` finds the statement, unless `unless` is in it; `instead` is what to do."""

    pattern: str
    instead: str
    unless: str = "(?!)"

    def breaks(self, statement: str) -> bool:
        return bool(re.search(self.pattern, statement, re.DOTALL)) and not re.search(self.unless, statement, re.DOTALL)


RULES = (
    Rule(
        r"^create (unique )?index",
        "AddIndexConcurrently, in a migration of its own with atomic = False",
        unless=r"index concurrently",
    ),
    Rule(r"^drop index", "RemoveIndexConcurrently, with atomic = False", unless=r"index concurrently"),
    Rule(
        r"^alter table .* add constraint .* (foreign key|check)\b",
        "add it not valid, and validate it in the next migration",
        unless=r"not valid$",
    ),
    Rule(
        r"^alter table .* add constraint .* (unique|primary key|exclude)\b",
        "make the unique index concurrently, then add the constraint using it",
        unless=r"using index",
    ),
    Rule(
        r"^alter table .* validate constraint", "a migration of its own, after the one that added it", unless=r"^(?!)"
    ),
    Rule(
        r"^alter table .* alter (column )?\S+ (set data )?type\b",
        "a new column, which a job fills",
    ),
    Rule(
        r"^alter table .* alter (column )?\S+ set not null",
        "a check that it is not null, not valid first and validated after; then set not null and drop the check",
    ),
    Rule(
        r"^alter table .* add (column )?\S+ [^,]*\bnot null",
        "a default, or a column that may be null: a row that is there has no value",
        unless=r"\bdefault\b|generated",
    ),
    Rule(
        rf"^alter table .* add (column )?.*(default {VOLATILE}|\b(big|small)?serial\b|generated (always|by default))",
        "the column without it, and values by a job: each row would be written anew",
    ),
    Rule(r"^alter table .* set (logged|unlogged|tablespace)", "not while people work: the table is written anew"),
    Rule(r"^(vacuum full|vacuum \(.*full|cluster\b)", "not while people work: the table is written anew"),
    Rule(r"^reindex", "reindex concurrently", unless="concurrently"),
    Rule(r"^refresh materialized view", "refresh it concurrently", unless="concurrently"),
    Rule(r"^lock (table )?", "no lock that is held until the migration ends"),
    Rule(r"^(update|delete from)\b", "a job that does it in pieces: each row it touches is locked until the end"),
)
VALIDATES = re.compile(r"^alter table .* validate constraint", re.DOTALL)


def findings(sql: str) -> list[str]:
    """A sentence for each statement of a migration that would hold people up."""
    statements = list(_statements(sql))
    made = {_name(found) for each in statements for found in MADE.findall(each)}
    said = []
    for each in statements:
        about = CHANGED.match(each)
        if about and _name(about.group(1)) in made:
            continue
        if VALIDATES.match(each) and len(statements) == 1:
            continue  # it reads the table and lets people write
        said += [f"{each[:100]}: {rule.instead}" for rule in RULES if rule.breaks(each)]
    return said


def _statements(sql: str) -> Iterator[str]:
    plain = TEXT.sub("''", BODY.sub("''", COMMENT.sub("", sql)))
    for each in plain.split(";"):
        words = " ".join(each.split()).lower()
        if words and words not in {"begin", "commit"}:
            yield words


def _name(written: str) -> str:
    return written.replace('"', "").removeprefix("public.")
