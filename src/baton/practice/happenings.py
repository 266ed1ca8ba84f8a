"""The one list of what can happen in an episode. Clocks start and stop at these; each comes from a record of work."""

from enum import StrEnum
from typing import NamedTuple


class Happening(StrEnum):
    """A kind of event, by the name it has in framework data and in the database."""

    REQUEST_RECEIVED = "request_received"
    REQUEST_SCREENED = "request_screened"
    STEPPED_DOWN = "stepped_down"
    LEAD_PRACTITIONER_ALLOCATED = "lead_practitioner_allocated"
    LEAD_PRACTITIONER_CHANGED = "lead_practitioner_changed"

    VISIT_MADE = "visit_made"
    VISIT_FAILED = "visit_failed"
    VISIT_RECORDED = "visit_recorded"
    DIRECT_WORK_RECORDED = "direct_work_recorded"

    WRITTEN_CONSENT_RECORDED = "written_consent_recorded"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    CONSENT_RENEWED = "consent_renewed"
    AGREEMENT_REFUSED = "agreement_refused"
    REFUSAL_CONSIDERED = "refusal_considered"
    WITHDRAWAL_CONSIDERED = "withdrawal_considered"
    INFORMATION_SHARED = "information_shared"
    SHARING_REFUSED = "sharing_refused"

    ASSESSMENT_STARTED = "assessment_started"
    ASSESSMENT_SUBMITTED = "assessment_submitted"
    ASSESSMENT_RETURNED = "assessment_returned"
    ASSESSMENT_AUTHORISED = "assessment_authorised"
    TOOL_SCORED = "tool_scored"
    THERAPY_STARTED = "therapy_started"

    PLAN_AGREED = "plan_agreed"
    PLAN_REVISED = "plan_revised"
    PLANNING_MEETING_HELD = "planning_meeting_held"
    REVIEW_HELD = "review_held"
    MINUTES_RECORDED = "minutes_recorded"
    PANEL_HELD = "panel_held"

    SUPERVISION_HELD = "supervision_held"
    GROUP_SUPERVISION_HELD = "group_supervision_held"
    OVERSIGHT_RECORDED = "oversight_recorded"
    SENIOR_SIGN_OFF_GIVEN = "senior_sign_off_given"

    GENOGRAM_RECORDED = "genogram_recorded"
    CHRONOLOGY_UPDATED = "chronology_updated"
    CASE_SUMMARY_UPDATED = "case_summary_updated"
    CORRESPONDENCE_FILED = "correspondence_filed"
    DOCUMENT_ADDED = "document_added"
    AGENCY_REFERRAL_MADE = "agency_referral_made"
    HANDOVER_RECORDED = "handover_recorded"
    TEAM_AROUND_JOINED = "team_around_joined"
    TEAM_AROUND_LEFT = "team_around_left"

    CHILD_FOUND = "child_found"
    RETURN_INTERVIEW_HELD = "return_interview_held"
    SURVEY_ANSWERED = "survey_answered"

    CLOSURE_DECIDED = "closure_decided"
    CLOSURE_SUMMARY_RECORDED = "closure_summary_recorded"
    STEPPED_UP = "stepped_up"
    CLOSED = "closed"

    @property
    def title(self) -> str:  # type: ignore[override]  # str.title() has no use here
        """The plain words for this kind, as a timeline shows them: "Visit made"."""
        return _DESCRIBED[self].title

    @property
    def noun(self) -> str:
        """The words that finish "six weeks after ...": "the planning meeting"."""
        return _DESCRIBED[self].noun

    @property
    def record(self) -> str:
        """The record this kind comes from, written as area and model: "visits.Visit"."""
        return _DESCRIBED[self].record


class _Described(NamedTuple):
    title: str
    noun: str
    record: str


_DESCRIBED: dict[Happening, _Described] = {
    Happening.REQUEST_RECEIVED: _Described("Request received", "the request", "requests.HelpRequest"),
    Happening.REQUEST_SCREENED: _Described("Request screened", "the screening decision", "requests.HelpRequest"),
    Happening.STEPPED_DOWN: _Described("Stepped down from social care", "the step-down", "episodes.StepDown"),
    Happening.LEAD_PRACTITIONER_ALLOCATED: _Described(
        "Lead practitioner allocated", "allocation", "episodes.Allocation"
    ),
    Happening.LEAD_PRACTITIONER_CHANGED: _Described(
        "Lead practitioner changed", "the change of lead practitioner", "episodes.Allocation"
    ),
    Happening.VISIT_MADE: _Described("Visit made", "the visit", "visits.Visit"),
    Happening.VISIT_FAILED: _Described("Visit failed", "the failed visit", "visits.Visit"),
    Happening.VISIT_RECORDED: _Described("Visit recorded", "the record of the visit", "visits.Visit"),
    Happening.DIRECT_WORK_RECORDED: _Described("Direct work recorded", "the direct work", "documents.Document"),
    Happening.WRITTEN_CONSENT_RECORDED: _Described("Written consent recorded", "written consent", "consent.Consent"),
    Happening.CONSENT_WITHDRAWN: _Described("Consent withdrawn", "the withdrawal of consent", "consent.Consent"),
    Happening.CONSENT_RENEWED: _Described("Asked again who agrees", "asking again who agrees", "consent.Renewal"),
    Happening.AGREEMENT_REFUSED: _Described("Asked, and does not agree", "the answer that was no", "consent.Refusal"),
    Happening.REFUSAL_CONSIDERED: _Described(
        "A no considered by a manager", "the manager’s consideration of a no", "consent.Refusal"
    ),
    Happening.WITHDRAWAL_CONSIDERED: _Described(
        "Withdrawal considered by a manager", "the manager’s consideration of a withdrawal", "consent.Consent"
    ),
    Happening.INFORMATION_SHARED: _Described("Information shared", "the sharing", "sharing.Decision"),
    Happening.SHARING_REFUSED: _Described("Decided not to share", "the decision not to share", "sharing.Decision"),
    Happening.ASSESSMENT_STARTED: _Described(
        "Assessment started", "the start of the assessment", "assessments.Assessment"
    ),
    Happening.ASSESSMENT_SUBMITTED: _Described(
        "Assessment submitted", "the assessment being submitted", "assessments.Assessment"
    ),
    Happening.ASSESSMENT_RETURNED: _Described(
        "Assessment returned", "the return of the assessment", "assessments.ManagerComment"
    ),
    Happening.ASSESSMENT_AUTHORISED: _Described(
        "Assessment authorised", "the authorised assessment", "assessments.Assessment"
    ),
    Happening.TOOL_SCORED: _Described("Tool scored", "the scoring", "assessments.ToolScore"),
    Happening.THERAPY_STARTED: _Described("Therapy started", "the start of therapy", "plans.Therapy"),
    Happening.PLAN_AGREED: _Described("Plan agreed", "the agreed plan", "plans.Plan"),
    Happening.PLAN_REVISED: _Described("Plan revised", "the revised plan", "plans.PlanRevision"),
    Happening.PLANNING_MEETING_HELD: _Described("Planning meeting held", "the planning meeting", "plans.Meeting"),
    Happening.REVIEW_HELD: _Described("Review held", "the review", "plans.Meeting"),
    Happening.MINUTES_RECORDED: _Described("Minutes recorded", "the minutes", "plans.Meeting"),
    Happening.PANEL_HELD: _Described("Panel held", "the panel", "oversight.Panel"),
    Happening.SUPERVISION_HELD: _Described("Supervision held", "supervision", "oversight.Supervision"),
    Happening.GROUP_SUPERVISION_HELD: _Described(
        "Group supervision held", "group supervision", "oversight.GroupSupervision"
    ),
    Happening.OVERSIGHT_RECORDED: _Described(
        "Management oversight recorded", "the oversight note", "oversight.OversightNote"
    ),
    Happening.SENIOR_SIGN_OFF_GIVEN: _Described("Senior sign-off given", "the senior sign-off", "oversight.SignOff"),
    Happening.GENOGRAM_RECORDED: _Described("Genogram and ecomap recorded", "the genogram", "people.Family"),
    Happening.CHRONOLOGY_UPDATED: _Described("Chronology updated", "the chronology", "chronology.Entry"),
    Happening.CASE_SUMMARY_UPDATED: _Described("Case summary updated", "the case summary", "episodes.CaseSummary"),
    Happening.CORRESPONDENCE_FILED: _Described("Correspondence filed", "the correspondence", "documents.Document"),
    Happening.DOCUMENT_ADDED: _Described("Document added", "the document", "documents.Document"),
    Happening.AGENCY_REFERRAL_MADE: _Described(
        "Referral made to another agency", "the referral", "plans.AgencyReferral"
    ),
    Happening.HANDOVER_RECORDED: _Described("Handover recorded", "the handover", "episodes.Allocation"),
    Happening.TEAM_AROUND_JOINED: _Described(
        "Joined the team around the family", "somebody joining the team around the family", "governance.AroundMember"
    ),
    Happening.TEAM_AROUND_LEFT: _Described(
        "Left the team around the family", "somebody leaving the team around the family", "governance.AroundMember"
    ),
    Happening.CHILD_FOUND: _Described("Child found", "the child being found", "episodes.MissingEpisode"),
    Happening.RETURN_INTERVIEW_HELD: _Described(
        "Return interview held", "the return interview", "episodes.MissingEpisode"
    ),
    Happening.SURVEY_ANSWERED: _Described("Family survey answered", "the survey", "plans.Survey"),
    Happening.CLOSURE_DECIDED: _Described("Closure decided", "the decision to close", "plans.Closure"),
    Happening.CLOSURE_SUMMARY_RECORDED: _Described("Closure summary recorded", "the closure summary", "plans.Closure"),
    Happening.STEPPED_UP: _Described("Stepped up to social care", "the step-up", "episodes.StepUp"),
    Happening.CLOSED: _Described("Closed", "closure", "plans.Closure"),
}
