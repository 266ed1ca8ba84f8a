"""What the pages of this area share: whose family it is, and the look that is noted."""

from collections.abc import Sequence
from typing import Any, ClassVar

from baton.episodes.models import Allocation, Episode
from baton.episodes.queries.episodes import present_allocation
from baton.episodes.queries.stories import framework_of
from baton.people.models import FamilyMember
from baton.people.queries import members_on
from baton.platform.access import note_look
from baton.platform.pages import FormPage
from baton.practice.calendar import day_of
from baton.practice.frameworks import Framework


class EpisodeFormPage(FormPage):
    """A form about one episode. A subclass sets `episode` in `find()`, and says where "Back" leads in `back()`."""

    what: ClassVar[str] = "plan"  # how the look is noted
    episode: Episode

    def find(self) -> None:
        """Find the records the page is about and set `episode`; `Http404` where the asker does not hold the family."""
        raise NotImplementedError

    def back(self) -> tuple[str, str]:
        """Where "Back" leads, and what it says."""
        raise NotImplementedError

    def load(self) -> None:
        self.find()
        if self.request.method == "GET":
            note_look(family_id=self.episode.family_id, what=self.what, by=self.user, at=self.at)

    def context(self) -> dict[str, Any]:
        href, text = self.back()
        return {"caption": f"{self.episode.family.name} family", "back": {"href": href, "text": text}}

    @property
    def framework(self) -> Framework:
        return framework_of(self.episode)

    def members(self) -> Sequence[FamilyMember]:
        """Who is in the family today, children first."""
        return list(members_on(self.episode.family_id, on=day_of(self.at)))

    def lead(self) -> Allocation | None:
        return present_allocation(self.episode)


def about(episode: Episode) -> dict[str, Any]:
    """What `people/about_family.html` needs. One query."""
    allocation = present_allocation(episode)
    return {"family": episode.family, "episode": episode, "lead": allocation.practitioner if allocation else None}
