"""Who sees a request: who sent it, the hub, and those who hold the family it led to. Only the hub changes one."""

from django.db import migrations

from baton.platform.row_security import FAMILY_IS_HELD, HUB, OWN, policy

WITH_THE_REQUEST = "exists (select 1 from requests_helprequest r where r.id = request_id)"
OWN_REQUEST = (
    "exists (select 1 from requests_helprequest r where r.id = request_id and r.holder = (select guard.holder()))"
)
HELD = FAMILY_IS_HELD.format(table="requests_helprequest")


class Migration(migrations.Migration):
    dependencies = [("requests", "0001_initial"), ("people", "0002_row_security")]
    operations = [
        policy("requests_helprequest", name="hub", using=HUB),
        policy("requests_helprequest", name="own", using=OWN, command="select"),
        policy("requests_helprequest", name="sent", using=OWN, command="insert"),
        policy("requests_helprequest", name="held", using=HELD, command="select"),
        policy("requests_requestperson", name="hub", using=HUB),
        policy("requests_requestperson", name="with_the_request", using=WITH_THE_REQUEST, command="select"),
        policy("requests_requestperson", name="sent", using=OWN_REQUEST, command="insert"),
    ]
