"""The misuse watch: making its alerts, and reading them."""

from datetime import date, timedelta

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from baton.governance.models import Alert, OwnDetails
from baton.platform.models import User

PEOPLE = ("user__organisation", "closed_by")


def watch(*, until: date, days: int) -> int:
    """Look through so many days, the last one included, and make what alerts are new. Returns how many."""
    with connection.cursor() as cursor:
        made = 0
        for ago in range(days):
            cursor.execute("select guard.watch(%s, %s)", [until - timedelta(days=ago), settings.TIME_ZONE])
            made += int(cursor.fetchone()[0])
    return made


def alerts(*, is_closed: bool, rule: str = "") -> QuerySet[Alert]:
    """What waits to be looked into, or what was, the newest first; of one rule, if one is named."""
    found = Alert.objects.filter(closed_at__isnull=not is_closed).select_related(*PEOPLE)
    found = found.filter(rule=rule) if rule in Alert.Rule.values else found
    return found.order_by("-closed_at" if is_closed else "-made_at", "-id")


def count_open_alerts() -> int:
    """How many alerts wait for somebody to look into them. One query."""
    return Alert.objects.filter(closed_at__isnull=True).count()


def get_alert(alert_id: int) -> Alert:
    """One alert; `Http404` where there is none."""
    return get_object_or_404(Alert.objects.select_related(*PEOPLE), pk=alert_id)


def alerts_beside(alert: Alert) -> QuerySet[Alert]:
    """What else there was about the same person, the newest first."""
    return Alert.objects.filter(user=alert.user_id).exclude(pk=alert.pk).select_related(*PEOPLE).order_by("-id")


def own_details(user: User) -> OwnDetails | None:
    """What somebody told of themselves. One query."""
    return OwnDetails.objects.filter(user=user).first()
