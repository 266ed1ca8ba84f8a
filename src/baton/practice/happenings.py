"""The one list of what can happen in an episode. Clocks start and stop at these, and each comes from the record of the work."""

from enum import StrEnum


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

    ASSESSMENT_STARTED = "assessment_started"
    ASSESSMENT_SUBMITTED = "assessment_submitted"
    ASSESSMENT_RETURNED = "assessment_returned"
    ASSESSMENT_AUTHORISED = "assessment_authorised"
    TOOL_SCORED = "tool_scored"
    EXPLOITATION_RISK_ASSESSED = "exploitation_risk_assessed"
    THERAPY_STARTED = "therapy_started"

    PLAN_AGREED = "plan_agreed"
    PLAN_REVISED = "plan_revised"
    PLANNING_MEETING_HELD = "planning_meeting_held"
    REVIEW_HELD = "review_held"
    MEETING_ARRANGED = "meeting_arranged"
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
    AGENCY_REFERRAL_MADE = "agency_referral_made"
    HANDOVER_RECORDED = "handover_recorded"

    CHILD_FOUND = "child_found"
    RETURN_INTERVIEW_HELD = "return_interview_held"
    SURVEY_ANSWERED = "survey_answered"

    CLOSURE_DECIDED = "closure_decided"
    CLOSURE_SUMMARY_RECORDED = "closure_summary_recorded"
    STEPPED_UP = "stepped_up"
    CLOSED = "closed"

    @property
    def title(self) -> str:
        """The plain words for this kind, as a timeline shows them: "Visit made"."""
        return _DESCRIBED[self][0]

    @property
    def record(self) -> str:
        """The record this kind comes from, written as area and model: "visits.Visit"."""
        return _DESCRIBED[self][1]


_DESCRIBED: dict[Happening, tuple[str, str]] = {
    Happening.REQUEST_RECEIVED: ("Request received", "requests.HelpRequest"),
    Happening.REQUEST_SCREENED: ("Request screened", "requests.Screening"),
    Happening.STEPPED_DOWN: ("Stepped down from social care", "episodes.StepDown"),
    Happening.LEAD_PRACTITIONER_ALLOCATED: ("Lead practitioner allocated", "episodes.Allocation"),
    Happening.LEAD_PRACTITIONER_CHANGED: ("Lead practitioner changed", "episodes.Allocation"),
    Happening.VISIT_MADE: ("Visit made", "visits.Visit"),
    Happening.VISIT_FAILED: ("Visit failed", "visits.Visit"),
    Happening.VISIT_RECORDED: ("Visit recorded", "visits.Visit"),
    Happening.DIRECT_WORK_RECORDED: ("Direct work recorded", "visits.DirectWork"),
    Happening.WRITTEN_CONSENT_RECORDED: ("Written consent recorded", "consent.Consent"),
    Happening.CONSENT_WITHDRAWN: ("Consent withdrawn", "consent.Consent"),
    Happening.ASSESSMENT_STARTED: ("Assessment started", "assessments.Assessment"),
    Happening.ASSESSMENT_SUBMITTED: ("Assessment submitted", "assessments.Assessment"),
    Happening.ASSESSMENT_RETURNED: ("Assessment returned", "assessments.Assessment"),
    Happening.ASSESSMENT_AUTHORISED: ("Assessment authorised", "assessments.Assessment"),
    Happening.TOOL_SCORED: ("Tool scored", "assessments.ToolScore"),
    Happening.EXPLOITATION_RISK_ASSESSED: ("Exploitation risk assessed", "assessments.ToolScore"),
    Happening.THERAPY_STARTED: ("Therapy started", "plans.Therapy"),
    Happening.PLAN_AGREED: ("Plan agreed", "plans.Plan"),
    Happening.PLAN_REVISED: ("Plan revised", "plans.Plan"),
    Happening.PLANNING_MEETING_HELD: ("Planning meeting held", "plans.Meeting"),
    Happening.REVIEW_HELD: ("Review held", "plans.Review"),
    Happening.MEETING_ARRANGED: ("Meeting arranged", "plans.Meeting"),
    Happening.MINUTES_RECORDED: ("Minutes recorded", "plans.Meeting"),
    Happening.PANEL_HELD: ("Panel held", "oversight.Panel"),
    Happening.SUPERVISION_HELD: ("Supervision held", "oversight.Supervision"),
    Happening.GROUP_SUPERVISION_HELD: ("Group supervision held", "oversight.GroupSupervision"),
    Happening.OVERSIGHT_RECORDED: ("Management oversight recorded", "oversight.OversightNote"),
    Happening.SENIOR_SIGN_OFF_GIVEN: ("Senior sign-off given", "oversight.SignOff"),
    Happening.GENOGRAM_RECORDED: ("Genogram and ecomap recorded", "people.Family"),
    Happening.CHRONOLOGY_UPDATED: ("Chronology updated", "episodes.ChronologyEntry"),
    Happening.CASE_SUMMARY_UPDATED: ("Case summary updated", "episodes.CaseSummary"),
    Happening.CORRESPONDENCE_FILED: ("Correspondence filed", "episodes.Correspondence"),
    Happening.AGENCY_REFERRAL_MADE: ("Referral made to another agency", "plans.AgencyReferral"),
    Happening.HANDOVER_RECORDED: ("Handover recorded", "episodes.Handover"),
    Happening.CHILD_FOUND: ("Child found", "episodes.MissingEpisode"),
    Happening.RETURN_INTERVIEW_HELD: ("Return interview held", "episodes.MissingEpisode"),
    Happening.SURVEY_ANSWERED: ("Family survey answered", "plans.Survey"),
    Happening.CLOSURE_DECIDED: ("Closure decided", "plans.Closure"),
    Happening.CLOSURE_SUMMARY_RECORDED: ("Closure summary recorded", "plans.Closure"),
    Happening.STEPPED_UP: ("Stepped up to social care", "episodes.StepUp"),
    Happening.CLOSED: ("Closed", "plans.Closure"),
}
