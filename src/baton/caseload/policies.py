"""What is offered on a family's page only when something else has been done. Each sentence is what people read."""

from dataclasses import dataclass


@dataclass(frozen=True)
class OfferFacts:
    """How far help for a family has come."""

    has_lead: bool
    assessment_is_written: bool
    plan_is_begun: bool
    closure_waits: bool


def lead_is_chosen(facts: OfferFacts) -> bool:
    """A manager chooses the lead practitioner first."""
    return facts.has_lead


def assessment_is_written(facts: OfferFacts) -> bool:
    """No assessment waits to be authorised."""
    return facts.assessment_is_written


def plan_is_begun(facts: OfferFacts) -> bool:
    """There is no plan to review yet. Begin the plan first."""
    return facts.plan_is_begun


def closure_is_proposed(facts: OfferFacts) -> bool:
    """The lead practitioner proposes to close first."""
    return facts.closure_waits


TO_OFFER_REVIEW = (plan_is_begun,)
TO_OFFER_CLOSING = (closure_is_proposed,)
TO_OFFER_AUTHORISING = (assessment_is_written,)
TO_OFFER_SUPERVISION = (lead_is_chosen,)
