"""python -m tests.directory PORT FOLDER CALLBACK: serve a directory that knows two people, and one client."""

import sys
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIServer, make_server

import django
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings

CLIENT, SECRET, PASSWORD = "baton", "a secret between two tests", "directory-password-of-tests"
PEOPLE = ("nora.new@example.org", "stray.stranger@example.org")
APPS = ("auth", "contenttypes", "sessions", "messages")


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


def configure(folder: Path) -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    middleware = ("sessions.middleware.SessionMiddleware", "auth.middleware.AuthenticationMiddleware")
    processors = ("django.template.context_processors.request", "django.contrib.auth.context_processors.auth")
    settings.configure(
        SECRET_KEY="of a directory that is gone after the test",
        ALLOWED_HOSTS=["localhost"],
        ROOT_URLCONF="tests.directory.urls",
        INSTALLED_APPS=[*(f"django.contrib.{name}" for name in APPS), "allauth", "allauth.account", "allauth.idp.oidc"],
        MIDDLEWARE=[
            *(f"django.contrib.{name}" for name in middleware),
            "django.contrib.messages.middleware.MessageMiddleware",
            "allauth.account.middleware.AccountMiddleware",
        ],
        SESSION_COOKIE_NAME="directory",
        AUTHENTICATION_BACKENDS=["allauth.account.auth_backends.AuthenticationBackend"],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {"context_processors": list(processors)},
            }
        ],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": folder / "directory.sqlite"}},
        ACCOUNT_EMAIL_VERIFICATION="none",
        ACCOUNT_LOGIN_METHODS={"email"},
        IDP_OIDC_PRIVATE_KEY=pem.decode(),
        IDP_OIDC_ADAPTER="tests.directory.saying.SaysHow",
        STATIC_URL="/static/",
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    )
    django.setup()


def fill(callback: str) -> None:
    from allauth.account.models import EmailAddress
    from allauth.idp.oidc.models import Client
    from django.contrib.auth import get_user_model
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    for email in PEOPLE:
        user = get_user_model().objects.create_user(email.split("@")[0], email, PASSWORD)
        EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    client = Client(id=CLIENT, name="Baton", skip_consent=True)
    client.set_secret(SECRET)
    client.set_scopes(["openid", "profile", "email"])
    client.set_redirect_uris([callback])
    client.save()


def main() -> None:
    port, folder, callback = int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    configure(folder)
    fill(callback)
    from django.core.wsgi import get_wsgi_application

    make_server("localhost", port, get_wsgi_application(), server_class=Server).serve_forever()


if __name__ == "__main__":
    main()
