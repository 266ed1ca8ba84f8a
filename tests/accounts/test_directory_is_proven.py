"""What comes back from the council's directory is believed only when it is proven: each lie is refused."""

import base64
import hashlib
import json
import ssl
import subprocess
import threading
import time
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import jwt
import pytest
import requests
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.conf import LazySettings

from baton.accounts.adapters.directory import DirectoryAdapter
from baton.platform.models import Session
from tests.accounts.council import ACCESS_TOKEN, BACK, CLIENT, ISSUER, Directory, a_key, as_jwk, come_back, go_there
from tests.accounts.steps import is_in
from tests.client import page_client
from tests.factories import Place
from tests.refusals.test_logs import logged

pytestmark = pytest.mark.django_db
HOUR = 3600


@pytest.fixture
def directory(place: Place, settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> Directory:
    """The worker's directory account; they have no second step of Baton's own."""
    Authenticator.objects.all().delete()
    app = {
        "provider_id": "council",
        "name": "Council",
        "client_id": CLIENT,
        "secret": "s",
        "settings": {"server_url": ISSUER},
    }
    ours = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"] | {"APPS": [app]}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": ours}
    settings.DIRECTORY, settings.DIRECTORY_NAME, settings.DIRECTORY_SECOND_STEP = ISSUER, "Council", ["mfa"]
    made = Directory(email=place.worker.email)
    monkeypatch.setattr(requests.Session, "get_adapter", lambda self, url: made)
    return made


def is_let_in(directory: Directory) -> bool:
    client = page_client()
    answer = come_back(client, directory, go_there(client))
    let_in = is_in(client)
    assert answer.status_code == (302 if let_in else 401), answer.content.decode()[:2000]
    return let_in


def test_what_is_proven_lets_in(directory: Directory) -> None:
    assert is_let_in(directory)
    assert is_let_in(directory), "and again, by the account that is linked now"


NOW = int(time.time())
LIES: dict[str, dict[str, Any]] = {
    "signed by another key": {"signs_with": "somebody else's"},
    "signed by nobody": {"algorithm": "none"},
    "signed by a shared secret": {"algorithm": "HS256"},
    "of a key the directory has not": {"header": {"kid": "two"}},
    "with a key of its own": {"signs_with": "somebody else's", "header": {"jwk": as_jwk(a_key("somebody else's"))}},
    "with an address of its own for keys": {
        "signs_with": "somebody else's",
        "header": {"jku": "https://elsewhere.example/keys", "x5u": "https://elsewhere.example/certificate"},
    },
    "not there at all": {"id_token": ""},
    "not a token": {"id_token": "no.token.this"},
    "of another directory": {"says": {"iss": "https://elsewhere.example"}},
    "for another program": {"says": {"aud": "another-program"}},
    "for several, made for another": {"says": {"aud": [CLIENT, "another-program"], "azp": "another-program"}},
    "past its time": {"says": {"iat": NOW - 2 * HOUR, "exp": NOW - HOUR}},
    "before its time": {"says": {"nbf": NOW + 24 * HOUR}},
    "without an end": {"says": {"exp": None}},
    "answering another question": {"says": {"nonce": "of-another-question"}},
    "answering no question": {"says": {"nonce": None}},
    "of a sign-in days ago": {"says": {"auth_time": NOW - 3 * 24 * HOUR}},
    "of another person than it tells of": {"about": {"sub": "008"}},
}


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES)
def test_a_statement_that_is_not_proven_is_refused(directory: Directory, lie: dict[str, Any]) -> None:
    for name, value in lie.items():
        setattr(directory, name, value)
    with logged() as log:
        assert not is_let_in(directory)
    assert "baton.security directory-failed" in log.getvalue()
    assert not SocialAccount.objects.exists()


def test_a_statement_with_its_middle_changed_is_refused(directory: Directory) -> None:
    client = page_client()
    asked = go_there(client)
    directory.nonce = asked["nonce"]
    head, _, signature = directory.signed().split(".")
    other = base64.urlsafe_b64encode(json.dumps(directory.claims() | {"sub": "008"}).encode()).decode().rstrip("=")
    directory.id_token, directory.about = f"{head}.{other}.{signature}", {"sub": "008"}
    assert come_back(client, directory, asked).status_code == 401
    assert not is_in(client)


def test_a_statement_is_taken_once(directory: Directory) -> None:
    """Somebody who kept one brings it along with a question of their own."""
    first = page_client()
    asked = go_there(first)
    directory.nonce = asked["nonce"]
    directory.id_token = directory.signed()
    assert come_back(first, directory, asked).status_code == 302
    second = page_client()
    assert come_back(second, directory, go_there(second)).status_code == 401
    assert not is_in(second)


def test_an_access_token_is_no_statement_of_who_somebody_is(directory: Directory) -> None:
    directory.id_token = jwt.encode(
        {name: value for name, value in directory.claims().items() if name != "nonce"} | {"scope": "openid"},
        a_key("the directory's"), algorithm="RS256", headers={"kid": "one", "typ": "at+jwt"},
    )  # fmt: skip
    assert not is_let_in(directory)


# Whose question it was


def test_an_answer_to_a_question_of_another_browser_is_refused(directory: Directory) -> None:
    attacker, victim = page_client(), page_client()
    asked = go_there(attacker)
    go_there(victim)
    assert come_back(victim, directory, asked).status_code == 401
    assert not is_in(victim)
    assert "/token" not in directory.called, "the code is not even exchanged"


@pytest.mark.parametrize("state", ["", "made-up"])
def test_an_answer_to_no_question_is_refused(directory: Directory, state: str) -> None:
    client = page_client()
    go_there(client)
    assert client.get(BACK, {"code": "a-code", "state": state}).status_code == 401
    assert "/token" not in directory.called


def test_an_answer_is_taken_once(directory: Directory) -> None:
    client = page_client()
    asked = go_there(client)
    come_back(client, directory, asked)
    client.post("/sign-out/")
    assert come_back(client, directory, asked).status_code == 401


def test_the_code_is_exchanged_with_the_secret_of_this_question(directory: Directory) -> None:
    first, second = page_client(), page_client()
    asked, other = go_there(first), go_there(second)
    come_back(first, directory, asked)
    verifier = directory.posted["code_verifier"][0]
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
    assert (asked["code_challenge"], asked["code_challenge_method"]) == (challenge, "S256")
    assert len(verifier) >= 43
    for name in ("state", "nonce", "code_challenge"):
        assert asked[name] != other[name]
        assert len(asked[name]) >= 16


def test_nobody_changes_what_the_directory_is_asked(directory: Directory) -> None:
    asked = go_there(page_client(), "?scope=admin&auth_params=prompt%3Dnone%26nonce%3Dmine&process=connect")
    assert set(asked["scope"].split()) == {"openid", "profile", "email"}
    assert "prompt" not in asked
    assert asked["nonce"] != "mine"


# Where Baton asks


@pytest.mark.parametrize("describes", [
    {"issuer": "https://elsewhere.example"}, {"issuer": None}, {"token_endpoint": "http://directory.example/token"},
    {"jwks_uri": "http://directory.example/keys"},
])  # fmt: skip
def test_a_description_of_another_directory_or_without_tls_is_refused(
    directory: Directory, describes: dict[str, Any]
) -> None:
    directory.describes = describes
    client = page_client()
    assert client.post("/sign-in/with/council/").status_code == 401
    assert set(directory.called) == {"/.well-known/openid-configuration"}


@pytest.mark.parametrize("path", ["/.well-known/openid-configuration", "/token", "/keys", "/about"])
def test_no_redirect_of_the_directory_is_followed(directory: Directory, path: str) -> None:
    client = page_client()
    if path.startswith("/."):
        directory.redirects = path
        assert client.post("/sign-in/with/council/").status_code == 401
    else:
        asked = go_there(client)
        directory.redirects = path
        assert come_back(client, directory, asked).status_code == 401
    assert directory.called[-1] == path, "nothing was asked after it"
    assert not is_in(client)


def test_a_directory_whose_certificate_nobody_vouches_for_is_not_asked(tmp_path: Path) -> None:
    made = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -keyout key.pem -out cert.pem"
    subprocess.run(made.split(), cwd=tmp_path, check=True, capture_output=True)
    asked: list[str] = []

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)

    server = HTTPServer(("127.0.0.1", 0), Answers)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "cert.pem", tmp_path / "key.pem")
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        with DirectoryAdapter().get_requests_session() as session, pytest.raises(requests.exceptions.SSLError):
            session.get(f"https://localhost:{server.server_port}/.well-known/openid-configuration")
    finally:
        server.shutdown()
        server.server_close()
    assert asked == []


# What it says of how it asked


@pytest.mark.parametrize(("says", "enough"), [
    ({"amr": ["pwd", "mfa"]}, True), ({"amr": None, "acr": "mfa"}, True), ({"amr": None, "acrs": ["c1", "mfa"]}, True),
    ({"amr": ["pwd"]}, False), ({"amr": None}, False), ({"amr": "pwd-mfa"}, False),
])  # fmt: skip
def test_a_second_step_there_counts_when_the_directory_says_so_of_this_sign_in(
    directory: Directory, says: dict[str, Any], enough: bool
) -> None:
    directory.says = says
    client = page_client()
    come_back(client, directory, go_there(client))
    leads = client.get("/find/")
    assert leads.status_code == (200 if enough else 302)
    assert enough or leads["Location"].startswith("/your-sign-in/set-up/")


def test_with_no_word_set_baton_always_asks_itself(directory: Directory, settings: LazySettings) -> None:
    settings.DIRECTORY_SECOND_STEP = []
    client = page_client()
    come_back(client, directory, go_there(client))
    assert client.get("/find/")["Location"].startswith("/your-sign-in/set-up/")


def test_the_directory_is_asked_for_a_sign_in_within_batons_own_limit(
    directory: Directory, settings: LazySettings
) -> None:
    settings.SESSION_LASTS = timedelta(hours=2)
    assert go_there(page_client())["max_age"] == str(2 * HOUR)
    directory.says = {"auth_time": int(time.time()) - 2 * HOUR - 120}
    assert not is_let_in(directory)
    directory.says = {"auth_time": int(time.time()) - HOUR}
    assert is_let_in(directory)


def test_who_is_signed_in_and_goes_there_again_is_asked_anew(directory: Directory) -> None:
    client = page_client()
    come_back(client, directory, go_there(client))
    assert go_there(client)["prompt"] == "login"


# Where tokens stay


def test_no_token_reaches_the_browser_or_is_kept(directory: Directory) -> None:
    client = page_client()
    asked = go_there(client)
    directory.nonce = asked["nonce"]
    directory.id_token = directory.signed()
    answers = [come_back(client, directory, asked), client.get("/"), client.get("/your-sign-in/")]
    seen = " ".join(f"{each.headers} {each.cookies} {each.content.decode()}" for each in answers)
    kept = " ".join(str(each.get_decoded()) for each in Session.objects.all())
    for token in (ACCESS_TOKEN, directory.id_token, directory.posted["code_verifier"][0]):
        assert token not in seen
        assert token not in kept
    assert not SocialToken.objects.exists()
