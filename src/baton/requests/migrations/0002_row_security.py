"""Who sees a request: who sent it, the hub, the team it went to, and those who hold the family."""

from django.db import migrations

from baton.platform.row_security import FAMILY_IS_HELD, HUB, OWN, policy

WITH_THE_REQUEST = "exists (select 1 from requests_helprequest r where r.id = request_id)"


class Migration(migrations.Migration):
    dependencies = [("requests", "0001_initial"), ("people", "0002_row_security")]
    operations = [
        policy("requests_helprequest", name="own", using=OWN),
        policy("requests_helprequest", name="hub", using=HUB),
        policy(
            "requests_helprequest",
            name="held",
            using=FAMILY_IS_HELD.format(table="requests_helprequest"),
        ),
        policy("requests_requestperson", name="with_the_request", using=WITH_THE_REQUEST),
    ]
