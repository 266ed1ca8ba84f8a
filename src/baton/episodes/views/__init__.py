"""Pages of the spine: who waits, who leads, which dates a manager set, and stepping up."""

from baton.episodes.views.allocation import AllocatePage, waiting_list
from baton.episodes.views.dates import SetDatePage
from baton.episodes.views.step_up import StepUpPage

__all__ = ["AllocatePage", "SetDatePage", "StepUpPage", "waiting_list"]
