"""What each person gets on each route: the expectations, as a table."""

from collections.abc import Mapping

IN, REFUSED, UNKNOWN, SIGN_IN = "comes in", "is refused", "finds nothing", "is asked to sign in"
NOBODY = "nobody"
TEAM = ("worker", "colleague", "manager", "service_manager")  # the service manager sees every team
OTHERS = ("stranger", "teacher", "other_manager")  # of other teams and agencies
READERS = ("coordinator", "panel_chair", "auditor")  # who read, in time, what the database lets them
WITHOUT_FAMILIES = ("analyst", "governance", "administrator")
HUB, ADMINISTRATOR = "hub_adviser", "administrator"
EVERYBODY = (*TEAM, *OTHERS, HUB, *READERS, *WITHOUT_FAMILIES, NOBODY)
Answers = Mapping[str, str]


def answers(*, come_in: tuple[str, ...] = (), find_nothing: tuple[str, ...] = (), nobody: str = SIGN_IN) -> Answers:
    """What each person gets; whoever is not named is refused."""
    named = dict.fromkeys(come_in, IN) | dict.fromkeys(find_nothing, UNKNOWN)
    return dict.fromkeys(EVERYBODY, REFUSED) | {NOBODY: nobody} | named


# What a route is for.
PUBLIC = answers(come_in=EVERYBODY)
STAFF = answers(come_in=(*TEAM, *OTHERS, HUB, *READERS, *WITHOUT_FAMILIES))
HUB_ONLY = answers(come_in=(HUB,))
WORK_LISTS = answers(come_in=("worker", "colleague", "manager", *OTHERS), find_nothing=("service_manager",))
MANAGERS = answers(come_in=("manager", "service_manager", "other_manager"))
SERVICE_MANAGERS = answers(come_in=("service_manager",))
ADMINISTRATORS = answers(come_in=(ADMINISTRATOR,))
GOVERNANCE = answers(come_in=("governance",))
OTHER_STAFF = (*TEAM, *OTHERS, HUB, *READERS, "analyst", ADMINISTRATOR)
# … and what is about a family that the team holds.
THE_FAMILY = answers(come_in=TEAM, find_nothing=OTHERS)
NOT_SAMPLED = ("panel_chair", "auditor")  # the coordinator sees the locality
TO_READ = answers(come_in=(*TEAM, "coordinator"), find_nothing=(*OTHERS, *NOT_SAMPLED))
THAT_IT_IS_KNOWN = answers(come_in=(*TEAM, "coordinator", HUB), find_nothing=(*OTHERS, *NOT_SAMPLED))
ITS_MANAGER = answers(come_in=("manager", "service_manager"), find_nothing=("other_manager",))
ITS_LEAD = answers(come_in=("worker", "manager", "service_manager"), find_nothing=OTHERS)  # by allocation, or above
WATCHERS = answers(come_in=("manager", "service_manager", "other_manager", "governance"))
ITS_WATCHERS = answers(come_in=("manager", "service_manager", "governance"), find_nothing=("other_manager",))
# … and what is about a restricted family that worker and manager are named for.
NOT_NAMED = ("colleague", "service_manager", *OTHERS)
NAMING = answers(come_in=("manager", "governance"), find_nothing=("service_manager", "other_manager"))
NO_SIGN_OFF_HERE = answers(find_nothing=("service_manager",))  # the framework asks for none of this episode
# … and what is about a request that the teacher sent and nobody has answered.
ITS_SENDER_AND_THE_HUB = answers(
    come_in=("teacher", HUB), find_nothing=(*TEAM, "stranger", "other_manager", *READERS, *WITHOUT_FAMILIES)
)
ITS_SENDER = answers(come_in=("teacher",), find_nothing=tuple(set(EVERYBODY) - {"teacher"}))
NOTHING_TYPED = answers(find_nothing=EVERYBODY)
OF_A_DEMONSTRATION = answers(find_nothing=(*TEAM, *OTHERS, HUB, *READERS, *WITHOUT_FAMILIES))
FOR_A_PROGRAM = answers(find_nothing=EVERYBODY)  # who has its token comes in: tests/platform/test_metrics.py

WHO_MAY: dict[str, Answers] = {
    "sign-out": PUBLIC,
    "save-draft": PUBLIC,
    "healthy": PUBLIC,
    "ready": PUBLIC,
    "metrics": FOR_A_PROGRAM,
    "gallery": OF_A_DEMONSTRATION,
    "home": STAFF,
    "work-list": WORK_LISTS,
    "teams": SERVICE_MANAGERS,
    "search": answers(come_in=(*TEAM, *OTHERS, HUB, "coordinator")),
    "family": THAT_IT_IS_KNOWN,
    "family-requests": THAT_IT_IS_KNOWN,
    "timeline": TO_READ,
    "deadlines": TO_READ,
    "accounts": ADMINISTRATORS,
    "invite": ADMINISTRATORS,
    "account": ADMINISTRATORS,
    "change-account": ADMINISTRATORS,
    "give-role": ADMINISTRATORS,
    "end-role": ADMINISTRATORS,
    "new-link": ADMINISTRATORS,
    "sign-out-account": ADMINISTRATORS,
    "close-account": ADMINISTRATORS,
    "open-account": ADMINISTRATORS,
    "permissions": STAFF,
    "join": PUBLIC,
    "join-password": PUBLIC,
    "chronology": TO_READ,
    "chronology-to-print": TO_READ,
    "add-entry": THE_FAMILY,
    "copy-chronology": THE_FAMILY,
    "edit-entry": THE_FAMILY,
    "withdraw-entry": THE_FAMILY,
    "chronology-copy": TO_READ,
    "account_login": PUBLIC,
    "mfa_authenticate": PUBLIC,
    "mfa_login_webauthn": PUBLIC,
    "openid_connect_login": answers(find_nothing=EVERYBODY, nobody=UNKNOWN),  # no directory is set here
    "openid_connect_callback": answers(find_nothing=EVERYBODY, nobody=UNKNOWN),
    "account_reauthenticate": STAFF,
    "mfa_reauthenticate": STAFF,
    "mfa_reauthenticate_webauthn": STAFF,
    "your-sign-in": STAFF,
    "set-up-second-step": STAFF,
    "mfa_activate_totp": STAFF,
    "mfa_deactivate_totp": STAFF,
    "mfa_add_webauthn": STAFF,
    "remove-passkey": STAFF,
    "mfa_view_recovery_codes": STAFF,
    "mfa_generate_recovery_codes": STAFF,
    "change-password": STAFF,
    "end-session": STAFF,
    "end-sessions": STAFF,
    "add-member": THE_FAMILY,
    "edit-member": THE_FAMILY,
    "person": TO_READ,
    "change-fact": THE_FAMILY,
    "record-birth": answers(find_nothing=(*TEAM, *OTHERS)),  # the child is born
    "move-home": THE_FAMILY,
    "record-over-time": THE_FAMILY,
    "correct-over-time": THE_FAMILY,
    "record-responsibility": THE_FAMILY,
    "end-responsibility": THE_FAMILY,
    "family-on": TO_READ,
    "warnings": TO_READ,
    "give-warning": THE_FAMILY,
    "review-warning": THE_FAMILY,
    "end-warning": THE_FAMILY,
    "request-start": PUBLIC,
    "ask-sent": ITS_SENDER,
    "ask-emergency": PUBLIC,
    "ask-children": PUBLIC,
    "ask-adults": PUBLIC,
    "ask-check": PUBLIC,
    "ask-delete": PUBLIC,
    "ask-step": PUBLIC,
    "ask-person": PUBLIC,
    "ask-known": answers(find_nothing=(*TEAM, *OTHERS, HUB, "coordinator")),
    "ask-remove": NOTHING_TYPED,
    "your-requests": STAFF,
    "hub-queue": HUB_ONLY,
    "answered-requests": HUB_ONLY,
    "request": ITS_SENDER_AND_THE_HUB,
    "take-request": HUB_ONLY,
    "give-back-request": HUB_ONLY,
    "request-agreement": HUB_ONLY,
    "link-person": HUB_ONLY,
    "screen-request": HUB_ONLY,
    "tell-enquirer": HUB_ONLY,
    "waiting-list": MANAGERS,
    "allocate": ITS_MANAGER,
    "set-date": ITS_MANAGER,
    "step-up": THE_FAMILY,
    "genogram": TO_READ,
    "add-relationship": THE_FAMILY,
    "add-relative": THE_FAMILY,
    "correct-relationship": THE_FAMILY,
    "strike-relationship": THE_FAMILY,
    "network": TO_READ,
    "add-tie": THE_FAMILY,
    "correct-tie": THE_FAMILY,
    "change-tie": THE_FAMILY,
    "strike-tie": THE_FAMILY,
    "documents": TO_READ,
    "add-document": THE_FAMILY,
    "document": TO_READ,
    "withdraw-document": THE_FAMILY,
    "download-document": TO_READ,
    "viruses": answers(come_in=(*TEAM, *OTHERS, "governance")),
    "close-virus": GOVERNANCE,
    "consents": TO_READ,
    "record-consent": THE_FAMILY,
    "record-refusal": THE_FAMILY,
    "renew-consents": THE_FAMILY,
    "withdraw-consent": THE_FAMILY,
    "consider-withdrawal": ITS_MANAGER,
    "consider-refusal": ITS_MANAGER,
    "start-assessment": THE_FAMILY,
    "score-tool": THE_FAMILY,
    "assessment": TO_READ,
    "assessment-in-full": TO_READ,
    "assessment-plan": THE_FAMILY,
    "assessment-outcomes": THE_FAMILY,
    "submit-assessment": THE_FAMILY,
    "authorise-assessment": ITS_MANAGER,
    "revise-assessment": THE_FAMILY,
    "assessment-question": THE_FAMILY,
    "assessment-question-about": THE_FAMILY,
    "plan": TO_READ,
    "plan-to-print": TO_READ,
    "plan-terms": THE_FAMILY,
    "agree-plan": THE_FAMILY,
    "add-goal": THE_FAMILY,
    "edit-goal": THE_FAMILY,
    "move-goal-up": THE_FAMILY,
    "move-goal-down": THE_FAMILY,
    "remove-goal": THE_FAMILY,
    "add-plan-action": THE_FAMILY,
    "edit-plan-action": THE_FAMILY,
    "mark-plan-action": THE_FAMILY,
    "remove-plan-action": THE_FAMILY,
    "meetings": TO_READ,
    "record-meeting": THE_FAMILY,
    "meeting": TO_READ,
    "correct-meeting": answers(come_in=("worker", "manager", "service_manager"), find_nothing=OTHERS),  # who wrote it
    "propose-closure": THE_FAMILY,
    "closure": answers(find_nothing=(*TEAM, *OTHERS, *READERS)),  # nobody has proposed to close
    "close-episode": ITS_MANAGER,
    "visits": TO_READ,
    "plan-visit": THE_FAMILY,
    "record-visit": THE_FAMILY,
    "record-planned-visit": THE_FAMILY,
    "visit": TO_READ,
    "move-visit": THE_FAMILY,
    "oversight": TO_READ,
    "record-oversight": ITS_MANAGER,
    "record-supervision": ITS_MANAGER,
    "sign-off": NO_SIGN_OFF_HERE,
    "looks": ITS_WATCHERS,
    "history": TO_READ,
    "your-activity": STAFF,
    "rights": GOVERNANCE,
    "register-access": STAFF,
    "access-registered": answers(
        come_in=("governance",), find_nothing=OTHER_STAFF
    ),  # who registered it, and governance
    "access-request": GOVERNANCE,
    "check-identity": GOVERNANCE,
    "stop-clock": GOVERNANCE,
    "stop-answered": GOVERNANCE,
    "extend-access": GOVERNANCE,
    "add-subject": GOVERNANCE,
    "remove-subject": GOVERNANCE,
    "answer-access": GOVERNANCE,
    "staff-activity": GOVERNANCE,
    "who-sees": TO_READ,
    "join-team-around": ITS_LEAD,
    "leave-team-around": ITS_LEAD,
    "restrict-family": ITS_WATCHERS,
    "restricted-families": WATCHERS,
    "restriction": answers(come_in=("worker", "manager", "governance"), find_nothing=NOT_NAMED),
    "name-person": NAMING,
    "unname-person": NAMING,
    "keep-restricted": NAMING,
    "lift-restriction": NAMING,
    "emergency": answers(come_in=(*TEAM, *OTHERS)),
    "emergencies": WATCHERS,
    "emergency-opened": ITS_WATCHERS,
    "review-emergency": ITS_WATCHERS,
    "imports": answers(come_in=("governance", ADMINISTRATOR)),
    "import-run": answers(find_nothing=("governance", ADMINISTRATOR)),  # nothing was brought in
    "import-lines": answers(find_nothing=("governance",)),
    "misuse-watch": GOVERNANCE,
    "alert": GOVERNANCE,
    "close-alert": GOVERNANCE,
    "own-details": STAFF,
    "bring-to-panel": ITS_LEAD,
    "panel": answers(come_in=("panel_chair",)),
    "decide-at-panel": answers(find_nothing=("panel_chair",)),  # it has decided: the chair reads no more
    "audits": answers(come_in=("service_manager", "auditor")),
    "make-audit": SERVICE_MANAGERS,
    "audit": answers(come_in=("service_manager", "auditor")),
    "add-case": SERVICE_MANAGERS,
    "close-audit": SERVICE_MANAGERS,
    "take-out-sample": SERVICE_MANAGERS,
    "locality": answers(come_in=("coordinator",)),
    "activity": GOVERNANCE,
    "gather": GOVERNANCE,
    "look-through": GOVERNANCE,
    "decide-on-person": GOVERNANCE,
    "decide-mark": GOVERNANCE,
    "hide-passage": GOVERNANCE,
    "decide-file": GOVERNANCE,
    "open-gathered-file": GOVERNANCE,
    "download-copied-file": GOVERNANCE,
    "release-copy": GOVERNANCE,
    "download-copy": GOVERNANCE,
    "corrections": TO_READ,
    "ask-correction": THE_FAMILY,
    "decide-correction": answers(come_in=("manager", "service_manager", "governance"), find_nothing=("other_manager",)),
    "to-correct": GOVERNANCE,
    "retention": GOVERNANCE,
    "holds": GOVERNANCE,
    "hold": GOVERNANCE,
    "end-hold": GOVERNANCE,
    "certificates": GOVERNANCE,
    "certificate": answers(find_nothing=("governance",)),  # nothing was disposed of
    "retention-family": GOVERNANCE,
    "review-record": GOVERNANCE,
    "approve-disposal": GOVERNANCE,
    "take-back-disposal": GOVERNANCE,
    "retention-request": GOVERNANCE,
    "review-request": GOVERNANCE,
    "approve-request-disposal": GOVERNANCE,
    "take-back-request-disposal": GOVERNANCE,
    "restricted-requests": answers(come_in=(*TEAM, *OTHERS, "governance")),
    "duplicates": answers(come_in=(HUB, "manager", "service_manager", "other_manager")),
    "whom-to-compare": answers(come_in=(HUB, "manager", "service_manager"), find_nothing=("other_manager",)),
    "compare": answers(come_in=(HUB, "manager", "service_manager"), find_nothing=("other_manager",)),
    "duplicate": answers(come_in=(HUB, "manager", "service_manager"), find_nothing=("other_manager",)),
    "told-apart": answers(come_in=(HUB, "manager", "service_manager", "other_manager")),
    "ask-about-again": answers(come_in=(HUB, "manager", "service_manager"), find_nothing=("other_manager",)),
    "merges": answers(come_in=(HUB, "manager", "service_manager", "other_manager")),
    "merge": answers(come_in=(HUB, "manager", "service_manager"), find_nothing=("other_manager",)),
    "register": STAFF,
    "register-place": STAFF,
    "figures": answers(come_in=("analyst", "service_manager")),
    "download-figures": answers(come_in=("analyst", "service_manager")),
    "sharing": TO_READ,
    "share-uploaded": THE_FAMILY,
    "share-in-words": THE_FAMILY,
    "do-not-share": THE_FAMILY,
    "share-document": THE_FAMILY,
    "sharing-to-print": TO_READ,
    "sharing-decision": TO_READ,
    "copy-that-left": TO_READ,
    "contradictions": STAFF,
    "lawful-basis": STAFF,
    "calculator": STAFF,
}
