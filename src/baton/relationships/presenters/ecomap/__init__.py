"""The ecomap: a family in the middle of who and what supports it. Plain Python: facts in, lines and shapes out."""

from baton.relationships.presenters.ecomap.facts import NetworkFacts, Support, Tie
from baton.relationships.presenters.ecomap.layout import Ecomap, ecomap_of

__all__ = ["Ecomap", "NetworkFacts", "Support", "Tie", "ecomap_of"]
