"""What the web server loads."""

import gc
import os

from django.core.wsgi import get_wsgi_application

from baton.cluster.connection import A_STATEMENT_MAY_TAKE

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baton.settings")
# No page's statement holds up the others for ever. libpq tells PostgreSQL so with each connection that a web process
# makes; PgBouncer takes no such word, and has its own query_timeout. The worker's statements may take long.
if os.environ.get("BATON_POOLED") != "1":
    os.environ.setdefault("PGOPTIONS", f"-c statement_timeout={A_STATEMENT_MAY_TAKE}")
application = get_wsgi_application()

# What is loaded now stays: the collector need not walk through all of it (0.2 s) in the middle of somebody's page.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
