"""What the boxes of a question are called, and the line below the name."""

LABELS = {
    "known": "What we know",
    "strengths": "Strengths",
    "worries": "Worries",
    "childs_voice": "In the child’s voice",
    "others_say": "What other agencies say",
    "analysis": "Analysis",
    "views": "What they say",
}
HINTS = {
    "strengths": "What goes well, and who or what helps.",
    "worries": "What anybody is worried about, and what it does to the child.",
    "childs_voice": "Their own words, or what they show. Of a baby or a child who does not speak, what you saw.",
    "others_say": "Who says it, and when they said it.",
}
