"""Learns how often each level is seen, from pairs of records whose answers nobody knows (expectation maximisation)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import exp, log

from baton.matching.likeness.weights import Weights

Levels = Mapping[str, str]
Pattern = tuple[tuple[str, str], ...]
Seen = dict[str, dict[str, float]]
ROUNDS, A_LITTLE = 25, 0.5
FIRST_GUESS_SAME, FIRST_GUESS_PRIOR = 0.9, 0.3


def learn(likely: Iterable[Levels], at_random: Sequence[Levels], *, out_of: int, words: Weights) -> Weights:
    """Weights for one set of records.

    `likely` are the levels of pairs that share something worth a look, `at_random` of pairs taken blindly, which are
    nearly all of strangers. Nobody says which are of one person. `out_of` is how many pairs there are in all. There are
    no households in what is learnt; the words are taken from `words`.
    """
    patterns = Counter(tuple(sorted(levels.items())) for levels in likely)
    levels = _levels_in(patterns, at_random)
    strangers = _frequencies(Counter(item for pair in at_random for item in pair.items()), levels)
    same = {name: _guess(each) for name, each in levels.items()}
    rest, prior = strangers, FIRST_GUESS_PRIOR
    for _ in range(ROUNDS):
        of_one, of_two = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
        total = 0.0
        for pattern, times in patterns.items():
            chance = _chance(pattern, same, rest, prior)
            total += chance * times
            for item in pattern:
                of_one[item] += chance * times  # type: ignore[assignment]
                of_two[item] += (1 - chance) * times  # type: ignore[assignment]
        prior = min(max(total / sum(patterns.values()), 1e-6), 1 - 1e-6)
        same, rest = _frequencies(of_one, levels), _frequencies(of_two, levels)
    seen = {
        name: {level: (same[name][level], strangers[name][level], 1.0) for level in each}
        for name, each in levels.items()
    }
    return Weights(same=prior * sum(patterns.values()) / out_of, household=0.0, seen=seen, words=words.words)


def _levels_in(patterns: Iterable[Pattern], at_random: Iterable[Levels]) -> dict[str, set[str]]:
    levels: dict[str, set[str]] = defaultdict(set)
    for pattern in patterns:
        for name, level in pattern:
            levels[name].add(level)
    for pair in at_random:
        for name, level in pair.items():
            levels[name].add(level)
    return levels


def _guess(levels: set[str]) -> dict[str, float]:
    rest = (1 - FIRST_GUESS_SAME) / max(1, len(levels) - 1)
    return {level: FIRST_GUESS_SAME if level == "same" else rest for level in levels}


def _frequencies(counted: Mapping[tuple[str, str], float], levels: Mapping[str, set[str]]) -> Seen:
    """The share of each level among those counted; one that was never seen is given a little."""
    found: Seen = {}
    for name, each in levels.items():
        total = sum(counted.get((name, level), 0) + A_LITTLE for level in each)
        found[name] = {level: (counted.get((name, level), 0) + A_LITTLE) / total for level in each}
    return found


def _chance(pattern: Pattern, same: Seen, rest: Seen, prior: float) -> float:
    odds = log(prior / (1 - prior)) + sum(log(same[name][level] / rest[name][level]) for name, level in pattern)
    return 1 / (1 + exp(-odds)) if odds > -500 else 0.0
