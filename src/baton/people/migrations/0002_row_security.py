"""Who sees families and the people in them."""

from django.db import migrations

from baton.platform.row_security import HUB, TEAM_OR_LEAD, policy

IN_A_HELD_FAMILY = """exists (select 1 from people_familymember m join people_family held on held.id = m.family_id
    where m.person_id = people_person.id and {held})"""
FIRST_FAMILY_HELD = "exists (select 1 from people_family held where held.id = first_family_id and {held})"
MEMBER_HELD = "exists (select 1 from people_family held where held.id = family_id and {held})"
HELD = "(held." + TEAM_OR_LEAD.format(family="held.id").lstrip("(")


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial"), ("platform", "0002_guard")]
    operations = [
        policy("people_family", name="held", using=TEAM_OR_LEAD.format(family="id")),
        policy("people_family", name="hub", using=HUB),
        policy("people_person", name="first_held", using=FIRST_FAMILY_HELD.format(held=HELD)),
        policy("people_person", name="member", using=IN_A_HELD_FAMILY.format(held=HELD)),
        policy("people_person", name="hub", using=HUB),
        policy("people_familymember", name="held", using=MEMBER_HELD.format(held=HELD)),
        policy("people_familymember", name="hub", using=HUB),
    ]
