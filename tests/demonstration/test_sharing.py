"""In the demonstration families agree about the school, are asked again, and things go to it by decisions."""

from datetime import UTC, datetime

import pytest

from baton.consent.models import Consent, Renewal
from baton.demonstration.loading import load_place
from baton.platform.guard import acting_as
from baton.sharing.models import Decision


@pytest.mark.django_db
def test_families_agree_about_school_and_the_plan_goes_there_under_it() -> None:
    until = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
    walk = load_place(place="doncaster", families=12, until=until, say=lambda done: None)
    with acting_as(walk.staff.service_managers[0]):
        assert Consent.objects.filter(purpose="share", withdrawn_at__isnull=True).exists()
        assert Renewal.objects.exists()
        shared = Decision.objects.filter(is_shared=True, what="plan")
        assert shared.exists()
        assert {each.agreement.organisation for each in shared} == {each.organisation for each in shared}
        assert Decision.objects.filter(is_shared=False).exists()
