"""How each question of a request is put: in the field's words to practitioners, in plain ones to families."""

from typing import NamedTuple

PRACTITIONER, FAMILY, YOUNG_PERSON, OTHER = "practitioner", "family", "young_person", "other"
EVERYBODY_ELSE = ""


class Words(NamedTuple):
    """A question and the line below it."""

    title: str
    hint: str = ""


QUESTIONS: dict[str, dict[str, Words]] = {
    "danger": {
        EVERYBODY_ELSE: Words(
            "Is a child in immediate danger?", "For example being hurt now, about to be hurt, or missing."
        ),
    },
    "who": {EVERYBODY_ELSE: Words("Who is asking for help?")},
    "you": {PRACTITIONER: Words("Your details"), EVERYBODY_ELSE: Words("About you")},
    "children": {
        YOUNG_PERSON: Words("You and your brothers and sisters"),
        FAMILY: Words("Your children"),
        EVERYBODY_ELSE: Words("The children"),
    },
    "child": {YOUNG_PERSON: Words("About you"), EVERYBODY_ELSE: Words("About the child")},
    "next_child": {
        YOUNG_PERSON: Words("About your brother or sister"),
        EVERYBODY_ELSE: Words("About the next child"),
    },
    "adults": {
        PRACTITIONER: Words("The adults and wider family"),
        EVERYBODY_ELSE: Words("The adults, and others who matter"),
    },
    "adult": {EVERYBODY_ELSE: Words("About the adult")},
    "reasons": {
        PRACTITIONER: Words("Why is early help needed?", "Select all that apply."),
        OTHER: Words("What does the family need help with?", "Select all that apply."),
        EVERYBODY_ELSE: Words("What would you like help with?", "Select all that apply."),
    },
    "worries": {
        PRACTITIONER: Words(
            "What are you worried about?",
            "What you have seen and heard, how long it has been so, and what it is like for the child.",
        ),
        FAMILY: Words("What is hard at the moment?", "Use your own words. There are no wrong answers."),
        YOUNG_PERSON: Words("What is worrying you?", "Use your own words. You do not have to tell us everything."),
        EVERYBODY_ELSE: Words("What are you worried about?", "Use your own words."),
    },
    "strengths": {
        FAMILY: Words("What is going well?", "What you are proud of, and who helps you. You can leave this empty."),
        YOUNG_PERSON: Words("What is good at the moment?", "People, places or things. You can leave this empty."),
        EVERYBODY_ELSE: Words("What is going well?", "Strengths, and the people the family can turn to."),
    },
    "tried": {
        PRACTITIONER: Words("What has been tried?", "Help given so far, by whom, and what difference it made."),
        EVERYBODY_ELSE: Words("What have you tried already?", "You can leave this empty."),
    },
    "told": {
        PRACTITIONER: Words("Who else has been told?", "Other agencies that know of this worry or already help."),
        EVERYBODY_ELSE: Words(
            "Who else knows about this?", "For example a school, a nurse or a doctor. You can leave this empty."
        ),
    },
    "consent": {
        FAMILY: Words(
            "Do you agree to early help working with your family?",
            "Early help is your choice. You can stop at any time.",
        ),
        YOUNG_PERSON: Words(
            "Does a parent or carer know that you are asking?", "You can ask even if they do not know."
        ),
        OTHER: Words("Does the family know that you are asking?"),
        EVERYBODY_ELSE: Words("Does the family agree to early help?"),
    },
    "agreement": {
        YOUNG_PERSON: Words("Your parent or carer"),
        EVERYBODY_ELSE: Words("Agreement to early help"),
    },
    "where": {
        FAMILY: Words("Where do you live?"),
        YOUNG_PERSON: Words("Where do you live?"),
        EVERYBODY_ELSE: Words("Where does the family live?"),
    },
}

CONSENT: dict[str, dict[str, str]] = {
    FAMILY: {
        "given": "Yes, I agree",
        "not_asked": "I would like to talk about it first",
        "refused": "No",
    },
    YOUNG_PERSON: {
        "given": "Yes, they know and agree",
        "not_asked": "No, they do not know",
        "refused": "They know and do not agree",
    },
    OTHER: {
        "given": "Yes, they know and agree",
        "not_asked": "No, or I am not sure",
        "refused": "They know and do not agree",
    },
    EVERYBODY_ELSE: {
        "given": "Yes, they agree",
        "not_asked": "They have not been asked yet",
        "refused": "No, they do not agree",
    },
}

# What the list of answers calls each question.
SHORT = {
    "danger": "Immediate danger",
    "who": "Who is asking",
    "you": "Contact details",
    "reasons": "Reasons",
    "worries": "Worries",
    "strengths": "Going well",
    "tried": "Tried already",
    "told": "Who else knows",
    "consent": "Agreement",
    "where": "Address",
}

WHO_HINTS = {
    PRACTITIONER: "You work with the family, for example in a school, a surgery or a council team.",
    FAMILY: "You are asking for your own family.",
    YOUNG_PERSON: "You are asking for yourself.",
    OTHER: "For example a friend or neighbour.",
}


def question(step: str, audience: str) -> Words:
    """How a question is put to this kind of enquirer."""
    known = QUESTIONS[step]
    return known.get(audience) or known[EVERYBODY_ELSE]


def consent_choices(audience: str) -> list[tuple[str, str]]:
    """The answers to the question about agreement."""
    return list((CONSENT.get(audience) or CONSENT[EVERYBODY_ELSE]).items())
