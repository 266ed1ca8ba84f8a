"""The Early Help Assessment, answer by answer, and the tools scored with a family."""

from django.db import models
from django.db.models import Q

from baton.episodes.models import Episode
from baton.people.models import Family, Person
from baton.platform.models import User


class Assessment(models.Model):
    """One version of the assessment of one family. Read-only once authorised; later changes are a new version."""

    class State(models.TextChoices):
        STARTED = "started", "Being written"
        SUBMITTED = "submitted", "Waiting for the manager"
        RETURNED = "returned", "Returned with comments"
        AUTHORISED = "authorised", "Authorised"

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="assessments")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(default=1)
    level = models.PositiveSmallIntegerField(null=True)  # how deep it goes; without one everything is asked
    state = models.CharField(max_length=12, choices=State, default=State.STARTED)
    focus = models.TextField()  # the assessment plan is this and the next three
    when_and_where = models.TextField(blank=True)
    who_to_speak_to = models.TextField(blank=True)
    aids = models.TextField(blank=True)  # interpreters, and aids to talk with
    version = models.PositiveIntegerField(default=1)  # of the assessment plan, for two people editing
    outcomes_version = models.PositiveIntegerField(default=0)  # of its views of outcomes, likewise
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    authorised_at = models.DateTimeField(null=True)
    authorised_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    edited_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")  # its plan
    outcomes_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["episode", "number"], name="assessment_versions_are_numbered"),
            models.UniqueConstraint(
                fields=["episode"], condition=~Q(state="authorised"), name="one_assessment_being_written_an_episode"
            ),
            models.CheckConstraint(
                condition=Q(state="authorised", authorised_at__isnull=False, authorised_by__isnull=False)
                | (~Q(state="authorised") & Q(authorised_at__isnull=True)),
                name="an_authorised_assessment_says_by_whom",
            ),
        ]
        indexes = [
            models.Index(fields=["submitted_at"], condition=Q(state="submitted"), name="assessment_to_authorise")
        ]


class Answer(models.Model):
    """What is written under one question of the template, of one person where it matters, in that question's boxes."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="answers")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    section = models.CharField(max_length=40)
    question = models.CharField(max_length=60)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    known = models.TextField(blank=True)
    strengths = models.TextField(blank=True)
    worries = models.TextField(blank=True)
    childs_voice = models.TextField(blank=True)
    others_say = models.TextField(blank=True)  # other agencies' input
    analysis = models.TextField(blank=True)
    views = models.TextField(blank=True)  # on the assessment itself
    version = models.PositiveIntegerField(default=1)
    edited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    edited_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "question", "person"],
                nulls_distinct=False,
                name="one_answer_a_question_and_person",
            ),
        ]


class OutcomeView(models.Model):
    """Whether the family already reaches one outcome of the framework, or needs help with it."""

    class View(models.TextChoices):
        MET = "met", "Already there"
        NEEDED = "needed", "Needs help"

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="outcomes")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=60)
    view = models.CharField(max_length=10, choices=View)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["assessment", "outcome"], name="one_view_an_outcome")]


class ManagerComment(models.Model):
    """Why a manager returned an assessment, or what they said when they authorised it."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="comments")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class ToolScore(models.Model):
    """A tool of the framework scored with a family or one of its members."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="tool_scores")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    tool = models.CharField(max_length=40)
    scored_at = models.DateTimeField()
    result = models.TextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["episode", "-scored_at"], name="tool_score_by_episode")]
