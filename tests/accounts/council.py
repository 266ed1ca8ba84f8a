"""A council's directory of a test's own making: it answers within this process, and lies as it is told to."""

import json
import time
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import requests
from cryptography.hazmat.primitives.asymmetric import rsa
from django.http import HttpResponse
from django.test import Client

ISSUER, CLIENT = "https://directory.example", "baton-at-the-council"
BACK = "/sign-in/with/council/back/"
ACCESS_TOKEN = "an-access-token-that-stays-on-the-server"
PATHS = {
    "authorization_endpoint": "/authorize",
    "token_endpoint": "/token",
    "userinfo_endpoint": "/about",
    "jwks_uri": "/keys",
}


@cache
def a_key(name: str) -> rsa.RSAPrivateKey:
    """The same one for the same name."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def as_jwk(key: rsa.RSAPrivateKey, **more: str) -> dict[str, Any]:
    told: dict[str, Any] = jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key(), as_dict=True)
    return told | {"use": "sig", "kid": "one", "alg": "RS256"} | more


@dataclass
class Directory(requests.adapters.BaseAdapter):
    """Put in the place of the network. What the fields change is what it says otherwise than it should."""

    email: str
    says: dict[str, Any] = field(default_factory=dict)  # claims; None takes one away
    about: dict[str, Any] = field(default_factory=dict)
    describes: dict[str, Any] = field(default_factory=dict)
    signs_with: str = "the directory's"
    algorithm: str = "RS256"
    header: dict[str, Any] = field(default_factory=dict)
    id_token: str | None = None  # in the place of the one it would make
    redirects: str = ""  # the path that leads elsewhere
    nonce: str = ""
    posted: dict[str, list[str]] = field(default_factory=dict)
    called: list[str] = field(default_factory=list)

    def send(self, request: requests.PreparedRequest, **_: Any) -> requests.Response:
        url = urlsplit(str(request.url))
        self.called.append(url.path)
        if self.redirects == url.path:
            return self._answer(request, {}, 302, {"Location": "https://elsewhere.example/"})
        if url.path == "/token":
            self.posted = parse_qs(str(request.body))
        return self._answer(request, self._told(url.path))

    def close(self) -> None:
        """Nothing is open."""

    def claims(self) -> dict[str, Any]:
        now = int(time.time())
        said = {"iss": ISSUER, "sub": "007", "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": self.nonce}
        told = said | {"amr": ["pwd", "mfa"]} | self.says
        return {name: value for name, value in told.items() if value is not None}

    def signed(self) -> str:
        if self.id_token is not None:
            return self.id_token
        key: Any = None if self.algorithm == "none" else a_key(self.signs_with)
        if self.algorithm.startswith("HS"):
            key = "a secret that both sides know, of thirty-two letters or more"
        return jwt.encode(self.claims(), key, algorithm=self.algorithm, headers={"kid": "one"} | self.header)

    def _told(self, path: str) -> dict[str, Any]:
        endpoints = {name: f"{ISSUER}{path}" for name, path in PATHS.items()}
        return {
            "/.well-known/openid-configuration": {"issuer": ISSUER, **endpoints, **self.describes},
            "/keys": {"keys": [as_jwk(a_key("the directory's"))]},
            "/token": {"access_token": ACCESS_TOKEN, "token_type": "Bearer"},
            "/about": {"sub": "007", "email": self.email, "email_verified": True, **self.about},
        }[path] | ({"id_token": self.signed()} if path == "/token" and self.id_token != "" else {})

    def _answer(
        self,
        request: requests.PreparedRequest,
        told: dict[str, Any],
        status: int = 200,
        more: dict[str, str] | None = None,
    ) -> requests.Response:
        answer = requests.Response()
        answer.status_code, answer.url, answer.request = status, str(request.url), request
        answer.headers.update({"Content-Type": "application/json", **(more or {})})
        answer._content = json.dumps(told).encode()
        return answer


def go_there(client: Client, query: str = "") -> dict[str, str]:
    """Press the button; what the directory is asked, as its address says it."""
    answer = client.post(f"/sign-in/with/council/{query}")
    assert answer.status_code == 302, answer.content.decode()[:2000]
    asked = urlsplit(answer["Location"])
    assert f"{asked.scheme}://{asked.netloc}{asked.path}" == f"{ISSUER}/authorize"
    return {name: values[0] for name, values in parse_qs(asked.query).items()}


def come_back(client: Client, directory: Directory, asked: dict[str, str], **other: str) -> HttpResponse:
    """Come back with the directory's code, for that question."""
    directory.nonce = asked["nonce"]
    return client.get(BACK, {"code": "a-code", "state": asked["state"], **other})
