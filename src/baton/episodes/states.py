"""The states of an episode and the moves between them."""

from baton.episodes.models import Episode

MOVES = {
    Episode.State.WAITING: (Episode.State.OPEN, Episode.State.CLOSED, Episode.State.STEPPED_UP),
    Episode.State.OPEN: (Episode.State.CLOSED, Episode.State.STEPPED_UP),
    Episode.State.CLOSED: (),
    Episode.State.STEPPED_UP: (),
}
