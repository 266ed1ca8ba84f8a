"""Django's settings. What differs between installations comes from the environment (docs/operators-guide.md)."""

import os
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from baton.cluster.connection import database_settings, secret_key, uses_embedded_cluster

PACKAGE = Path(__file__).resolve().parent
ENVIRONMENT = os.environ

BATON_PLACE = ENVIRONMENT.get("BATON_PLACE", "dorset")
DEMONSTRATION = ENVIRONMENT.get("BATON_DEMO", "") == "1"
if DEMONSTRATION and not uses_embedded_cluster():  # its people sign in with a known password and no second step
    raise ImproperlyConfigured("BATON_DEMO is for the embedded database: unset it, or DATABASE_URL.")
SOURCE_ADDRESS = ENVIRONMENT.get("BATON_SOURCE", "")  # where users find the source of what runs, as the licence asks
DEBUG = False
SECRET_KEY = secret_key()
SECRET_KEY_FALLBACKS = [key for key in ENVIRONMENT.get("BATON_OLD_SECRET_KEYS", "").split(",") if key]
SECRET_KEY_IS_GIVEN = bool(ENVIRONMENT.get("BATON_SECRET_KEY"))
ALLOWED_HOSTS = ENVIRONMENT.get("BATON_HOSTS", "127.0.0.1,localhost").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in ENVIRONMENT.get("BATON_ORIGINS", "").split(",") if origin]
BEHIND_TLS = ENVIRONMENT.get("BATON_TLS", "") == "1"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "procrastinate.contrib.django",
    "baton.platform",
    "baton.accounts",
    "baton.people",
    "baton.matching",
    "baton.consent",
    "baton.episodes",
    "baton.relationships",
    "baton.documents",
    "baton.requests",
    "baton.assessments",
    "baton.plans",
    "baton.visits",
    "baton.oversight",
    "baton.governance",
    "baton.rights",
    "baton.register",
    "baton.caseload",
    "baton.measures",
    "baton.chronology",
    "baton.continuity",
    "baton.importing",
    "baton.sharing",
    "baton.demonstration",
]

MIDDLEWARE = [
    "baton.platform.metrics.Measured",
    "baton.platform.headers.EveryAnswer",
    "csp.middleware.CSPMiddleware",
    "baton.platform.middleware.NothingIsCached",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "baton.platform.middleware.SessionsEnd",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "baton.urls"
WSGI_APPLICATION = "baton.wsgi.application"
AUTH_USER_MODEL = "platform.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": False,
        "DIRS": [
            PACKAGE / area / "templates"
            for area in sorted(p.name for p in PACKAGE.iterdir() if (p / "templates").is_dir())
        ],
        "OPTIONS": {
            "environment": "baton.platform.jinja.environment",
            "context_processors": [
                "django.contrib.messages.context_processors.messages",
                "baton.platform.context.page",
                "baton.people.views.warnings.in_every_page",
                "baton.rights.views.corrections.in_every_page",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.Jinja2"

DATABASES = database_settings()
DATABASE_ROUTERS = ["baton.platform.database.OwnerMigrates"]

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = False

STATIC_URL = "/static/"
STATICFILES_DIRS = [PACKAGE / "static" / "built", PACKAGE / "platform" / "static"]
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# --- signing in (django-allauth) ---
AUTHENTICATION_BACKENDS = ["baton.accounts.adapters.signing_in.SignedIn"]
ACCOUNT_ADAPTER = "baton.accounts.adapters.signing_in.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an address is an administrator's to give
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {
    "login": "baton.accounts.forms.SignInForm",
    "reauthenticate": "baton.accounts.forms.PasswordAgainForm",
}
ACCOUNT_RATE_LIMITS = {"login": "", "login_failed": "5/5m/key,100/5m/ip", "reauthenticate": "10/5m/user"}
MFA_ADAPTER = "baton.accounts.adapters.second_steps.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_TOLERANCE = 0
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not BEHIND_TLS  # browsers allow passkeys without TLS for localhost only
MFA_FORMS = {
    "authenticate": "baton.accounts.forms.CodeForm",
    "reauthenticate": "baton.accounts.forms.CodeAgainForm",
    "activate_totp": "baton.accounts.forms.ActivateAppForm",
}
# Everybody takes a second step before they see anything. The people of a demonstration need not, and nobody else.
SECOND_STEP_ASKED = not DEMONSTRATION
# The council's own accounts (OpenID Connect). They open accounts that were invited, and make none.
DIRECTORY = ENVIRONMENT.get("BATON_OIDC_SERVER", "").rstrip("/")
DIRECTORY_NAME = ENVIRONMENT.get("BATON_OIDC_NAME", "your council account") if DIRECTORY else ""
DIRECTORY_VOUCHES = ENVIRONMENT.get("BATON_OIDC_ADDRESSES_CHECKED", "") == "1"
# What the directory says (amr, acr or acrs) of a sign-in in which it asked for a second step. Silent, it asked none.
DIRECTORY_SECOND_STEP = [word for word in ENVIRONMENT.get("BATON_OIDC_SECOND_STEP", "").split(",") if word]
SOCIALACCOUNT_ADAPTER = "baton.accounts.adapters.directory.DirectoryAdapter"
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if BEHIND_TLS else "http"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # an address is an administrator's to give
COUNCIL = {
    "provider_id": "council",
    "name": DIRECTORY_NAME,
    "client_id": ENVIRONMENT.get("BATON_OIDC_CLIENT", ""),
    "secret": ENVIRONMENT.get("BATON_OIDC_SECRET", ""),
    "settings": {"server_url": DIRECTORY},
}
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "APPS": [COUNCIL] if DIRECTORY else [],
        "OAUTH_PKCE_ENABLED": True,
        "provider_class": "baton.accounts.adapters.directory.CouncilProvider",
    },
}
SECOND_STEP_URL = "set-up-second-step"
SESSION_MAY_IDLE = timedelta(minutes=int(ENVIRONMENT.get("BATON_IDLE_MINUTES", "30")))
SESSION_LASTS = timedelta(hours=int(ENVIRONMENT.get("BATON_SESSION_HOURS", "12")))
# Counts of wrong passwords and codes that were used, for all server processes together.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "platform_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

METRICS_TOKEN = ENVIRONMENT.get("BATON_METRICS_TOKEN", "")  # who says it may read /metrics/; nobody when it is not set

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "account_login"
# No banner names anybody, so a cookie holds it and no session has to be written.
MESSAGE_STORAGE = "baton.platform.banners.BannerCookie"
CSRF_FAILURE_VIEW = "baton.platform.views.form_expired"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "baton.platform.passwords.NotEasyToGuess"},
    {"NAME": "baton.platform.breached.NotBreached"},
]
BREACHED_PASSWORDS = ENVIRONMENT.get("BATON_BREACHED_PASSWORDS", "")

SESSION_ENGINE = "baton.platform.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = int(SESSION_LASTS.total_seconds())
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_TLS
CSRF_COOKIE_HTTPONLY = True  # the scripts read the form's own field
# Under TLS a browser takes a cookie of this prefix from this very host only, and never in the open.
COOKIES_BEGIN = "__Host-" if BEHIND_TLS else ""
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{COOKIES_BEGIN}sessionid", f"{COOKIES_BEGIN}csrftoken"
SECURE_SSL_REDIRECT = BEHIND_TLS
SECURE_REDIRECT_EXEMPT = [
    "^healthy/$",
    "^ready/$",
    "^metrics/$",
]  # asked by machines beside it, which do not go through the proxy
SECURE_HSTS_INCLUDE_SUBDOMAINS = BEHIND_TLS
SECURE_HSTS_SECONDS = 31536000 if BEHIND_TLS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
# Of Django's own: W009 is E007 of ours; W021 is a public list, for the owner of the whole domain; the others only say
# again, in words of Django's settings, that BATON_TLS is not set (E004).
SILENCED_SYSTEM_CHECKS = ["security.W009", "security.W021"]
if not BEHIND_TLS:
    SILENCED_SYSTEM_CHECKS += ["security.W004", "security.W008", "security.W011", "security.W016"]
X_FRAME_OPTIONS = "DENY"
DIRECTORY_ORIGIN = "{0.scheme}://{0.netloc}".format(urlsplit(DIRECTORY))
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'", *([DIRECTORY_ORIGIN] if DIRECTORY else [])],
        "frame-ancestors": ["'none'"],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
# A file comes in whole, in memory and within this size: nothing of a record lies in a folder for temporary files.
FILE_UPLOAD_HANDLERS = ["baton.platform.uploads.Whole"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 1  # no form asks for two
# ClamAV's clamd, which is asked about each file: tcp://host:port or unix:/path. Where none is named, pages say so.
CLAMD = ENVIRONMENT.get("BATON_CLAMD", "")
if CLAMD and not CLAMD.startswith(("tcp://", "unix:/")):
    raise ImproperlyConfigured("BATON_CLAMD is an address such as tcp://127.0.0.1:3310 or unix:/run/clamav/clamd.ctl.")

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "baton.platform.logs.Line"}},
    "filters": {"nameless": {"()": "baton.platform.logs.WithoutPersonalData"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["nameless"]}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "gunicorn.error": {"handlers": ["stderr"], "propagate": False},  # it has a handler of its own until now
        "procrastinate": {"level": "WARNING"},
    },
}
