"""The council's own accounts (OpenID Connect). What a directory says is believed as far as it is proven."""

import base64
import hashlib
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import jwt
import requests
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Client, OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import render

from baton.accounts.queries import invited_under, second_step_was_asked
from baton.platform import clock
from baton.platform.security_log import Kind, tell

SIGNS_BY = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
MUST_SAY = ["iss", "sub", "aud", "exp", "iat", "nonce"]
CLOCKS_MAY_DIFFER = timedelta(minutes=1)
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri")


class CouncilProvider(OpenIDConnectProvider):
    """How somebody is sent to the directory. Nothing in the address they came by changes what is asked there."""

    @property
    def oauth2_adapter_class(self) -> type["CouncilDirectory"]:
        return CouncilDirectory

    def get_pkce_params(self) -> dict[str, Any]:
        made: dict[str, Any] = super().get_pkce_params()
        return made | {"nonce": nonce_of(made["code_verifier"])}

    def get_auth_params_from_request(self, request: HttpRequest, action: str) -> dict[str, Any]:
        asked = self.get_auth_params() | {"max_age": str(int(settings.SESSION_LASTS.total_seconds()))}
        return asked | {"prompt": "login"} if request.user.is_authenticated else asked

    def get_scope_from_request(self, request: HttpRequest) -> list[str]:
        return list(self.get_scope())


class CouncilDirectory(OpenIDConnectOAuth2Adapter):
    """What the directory answers: taken when signed by it, for Baton, in time, for this very question.

    Raises OAuth2Error where it is not; whoever comes back is then told that it did not work.
    """

    asked_with: str = ""

    @property
    def openid_config(self) -> dict[str, Any]:
        described: dict[str, Any] = super().openid_config
        if described.get("issuer") not in (settings.DIRECTORY, f"{settings.DIRECTORY}/"):
            raise OAuth2Error("The description names another directory than the one that was set.")
        is_closed = all(str(described.get(name, "")).startswith("https://") for name in ENDPOINTS)
        if settings.DIRECTORY.startswith("https:") and not is_closed:
            raise OAuth2Error("The description leads to an address without TLS.")
        return described

    def get_access_token_data(
        self, request: HttpRequest, app: SocialApp, client: OAuth2Client, pkce_code_verifier: str | None = None
    ) -> dict[str, Any]:
        self.asked_with = pkce_code_verifier or ""
        answer: dict[str, Any] = super().get_access_token_data(request, app, client, pkce_code_verifier)
        return answer

    def complete_login(self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any) -> SocialLogin:
        said = self.proven(str(kwargs["response"].get("id_token") or ""), app.client_id)
        about = self._fetch_user_info(token.token)
        if about.get("sub") != said["sub"]:
            raise OAuth2Error("The directory speaks of two people.")
        return self.get_provider().sociallogin_from_response(request, {"userinfo": about, "id_token": said})

    def proven(self, id_token: str, client_id: str) -> dict[str, Any]:
        """What an ID token says, once everything that makes it believable was checked."""
        try:
            said: dict[str, Any] = jwt.decode(
                id_token,
                self._key_of(id_token),
                algorithms=SIGNS_BY,
                audience=client_id,
                issuer=self.openid_config["issuer"],
                leeway=CLOCKS_MAY_DIFFER,
                options={"require": MUST_SAY, "strict_aud": False},
            )
        except jwt.PyJWTError as reason:
            raise OAuth2Error(f"The directory's statement is not believed: {type(reason).__name__}") from reason
        if said.get("azp", client_id) != client_id:
            raise OAuth2Error("The statement was made for another program.")
        if not self.asked_with or said["nonce"] != nonce_of(self.asked_with):
            raise OAuth2Error("The statement answers another question.")
        if _signed_in_long_ago(said):
            raise OAuth2Error("The directory asked who it is too long ago.")
        return said

    def _key_of(self, id_token: str) -> jwt.PyJWK:
        """The directory's own key, from where its description says; whatever a token says of keys is left aside."""
        wanted = jwt.get_unverified_header(id_token).get("kid")
        with DirectoryAdapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
        asymmetric = [key for key in answer.json().get("keys", ()) if key.get("kty") in ("RSA", "EC")]
        for key in jwt.PyJWKSet(asymmetric):
            if key.key_id == wanted and key.public_key_use in (None, "sig"):
                return key
        raise OAuth2Error("The statement is signed by no key of the directory.")


class DirectoryAdapter(DefaultSocialAccountAdapter):
    """Signing in with the council's own account. It opens accounts that were invited, and makes none."""

    def get_requests_session(self) -> requests.Session:
        """Calls to the directory go where its description says and nowhere else: no redirect is followed."""
        session: requests.Session = super().get_requests_session()
        session.max_redirects = 0
        return session

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """The first time, whoever was invited under the directory's address is linked to it; nobody else comes in."""
        said: Mapping[str, Any] = sociallogin.account.extra_data.get("id_token", {})
        request.second_step_at_directory = second_step_was_asked(said)  # type: ignore[attr-defined]
        if sociallogin.is_existing:
            return
        user = invited_under(_address_of(sociallogin))
        if user is None:
            tell(Kind.NOT_INVITED, request)
            told = {"title": "You have no account here yet"}
            raise ImmediateHttpResponse(render(request, "accounts/not_invited.html", told, status=403))
        sociallogin.connect(request, user)

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, exception: Exception | None = None, **kwargs: Any
    ) -> None:
        raise ImmediateHttpResponse(directory_failed(request, exception))


def directory_failed(request: HttpRequest, because: Exception | None) -> Any:
    """What somebody is told whom the directory did not let in, or who came back with what nobody asked for."""
    tell(Kind.DIRECTORY_FAILED, request, because=type(because).__name__ if because else "no such question")
    return render(request, "accounts/directory_failed.html", {"title": "That did not work"}, status=401)


def nonce_of(code_verifier: str) -> str:
    """A word that the directory must repeat. It is made of this one question's secret, which stays in the session."""
    made = hashlib.sha256(b"baton.nonce:" + code_verifier.encode()).digest()
    return base64.urlsafe_b64encode(made).decode().rstrip("=")


def _signed_in_long_ago(said: Mapping[str, Any]) -> bool:
    if "auth_time" not in said:
        return False
    limit = settings.SESSION_LASTS + CLOCKS_MAY_DIFFER
    return clock.now().timestamp() - float(said["auth_time"]) > limit.total_seconds()


def _address_of(sociallogin: SocialLogin) -> str:
    """The address the directory vouches for; nothing where it does not."""
    vouched = (each.email for each in sociallogin.email_addresses if each.verified or settings.DIRECTORY_VOUCHES)
    return next(vouched, "")
