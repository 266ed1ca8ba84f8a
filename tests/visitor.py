"""A person's browser without script, over real HTTP: it keeps cookies and its connection, and follows nothing."""

import re
from dataclasses import dataclass
from html import unescape
from http.client import HTTPConnection, HTTPException, HTTPResponse
from http.cookies import SimpleCookie
from urllib.parse import urlencode

HIDDEN = re.compile(r"<input[^>]*type=\"hidden\"[^>]*>")
ATTRIBUTE = re.compile(r"(name|value)=\"([^\"]*)\"")
NO_ANSWER = (OSError, HTTPException)
Fields = dict[str, str | list[str]]


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    location: str
    text: str

    @property
    def hidden(self) -> Fields:
        """The hidden fields of the page's last form: its guard, its one-time key, whose draft it is, its version."""
        form = self.text.rsplit("<form", 1)[-1]
        found = (dict(ATTRIBUTE.findall(control)) for control in HIDDEN.findall(form))
        return {unescape(each["name"]): unescape(each.get("value", "")) for each in found if "name" in each}


def _hidden_beside(name: str, text: str) -> Fields:
    """The hidden fields of the form in which there is such a field."""
    return next(Answer(200, "", form).hidden for form in text.split("<form")[1:] if f'name="{name}"' in form)


class Visitor:
    """One browser. Raises one of NO_ANSWER when the server ends the connection without an answer."""

    def __init__(self, port: int) -> None:
        self.connection = HTTPConnection("127.0.0.1", port, timeout=30)
        self.cookies: dict[str, str] = {}

    def get(self, path: str) -> Answer:
        return self._ask("GET", path)

    def post(self, path: str, fields: Fields) -> Answer:
        return self._ask("POST", path, urlencode(fields, doseq=True))

    def sign_in(self, email: str, password: str, code: str) -> Answer:
        """Both steps."""
        asked = "/sign-in/second-step/"
        form = _hidden_beside("password", self.get("/sign-in/").text)
        answer = self.post("/sign-in/", {**form, "login": email, "password": password})
        if answer.location != asked:
            return answer
        return self.post(asked, {**_hidden_beside("code", self.get(asked).text), "code": code})

    def close(self) -> None:
        self.connection.close()

    def _ask(self, method: str, path: str, body: str | None = None) -> Answer:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            self.connection.request(method, path, body, headers)
            response = self.connection.getresponse()
            text = response.read().decode()
        except NO_ANSWER:
            self.connection.close()
            raise
        self._keep_cookies(response)
        return Answer(response.status, response.headers.get("Location", ""), text)

    def _keep_cookies(self, response: HTTPResponse) -> None:
        for header in response.headers.get_all("Set-Cookie") or ():
            for name, morsel in SimpleCookie(header).items():
                self.cookies[name] = morsel.value
                if not morsel.value or morsel["max-age"] == "0":
                    del self.cookies[name]
