"""The table of the cache that all server processes share, and an end to the sessions kept before."""

from django.db import migrations

CACHE = """
create table platform_cache (
    cache_key varchar(255) primary key,
    value text not null,
    expires timestamptz not null
);
create index platform_cache_expires on platform_cache (expires);
drop table if exists django_session;
"""


class Migration(migrations.Migration):
    dependencies = [("platform", "0006_seals")]
    operations = [migrations.RunSQL(CACHE, "drop table platform_cache")]
