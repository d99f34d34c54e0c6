"""The provider of single sign-on, and what we are to it: OIDC with PKCE, by Authlib."""

from hashlib import sha256
from typing import Any

import httpx2
from fastapi import FastAPI, Request, Response
from starlette.middleware.sessions import SessionMiddleware

from domain.refusals import Refusal, Refused

WRONG = Refusal(
    "wrong_sso",
    "Không đăng nhập được qua hệ thống đăng nhập chung: hãy đăng nhập lại, hoặc hỏi "
    "người quản trị tài khoản.",
)
_AWAY = Refusal("sso_away", "Hệ thống đăng nhập chung tạm thời không trả lời.")
_PATIENCE, _MINUTES = 10, 10  # seconds for an answer, and minutes to sign in there


class SingleSignOn:
    """The provider, and what we are to it."""

    def __init__(
        self, issuer: str, client_id: str, client_secret: str, origin: str
    ) -> None:
        # Slow: whoever has no provider must not wait for it.
        from authlib.integrations.starlette_client import OAuth  # noqa: PLC0415

        self.issuer = issuer
        self._origin, self._back = origin, f"{origin}/api/v1/sso/callback"
        # Known to each api of one service, and to nobody else.
        self._secret = sha256(f"state:{client_secret}".encode()).hexdigest()
        self._client = OAuth().register(
            "provider",
            client_id=client_id,
            client_secret=client_secret,
            server_metadata_url=f"{issuer.rstrip('/')}/.well-known/openid-configuration",
            client_kwargs={
                "scope": "openid",
                "code_challenge_method": "S256",
                "timeout": _PATIENCE,
            },
        )

    def remember(self, app: FastAPI) -> None:
        """Let a browser keep what it was sent with, until it comes back."""
        app.add_middleware(
            SessionMiddleware,
            secret_key=self._secret,
            session_cookie="thidua_sso",
            max_age=_MINUTES * 60,
            same_site="lax",
            https_only=self._origin.startswith("https:"),
        )

    async def send(self, request: Request, *, fresh: bool) -> Response:
        """Send a browser to the provider, which is to ask for a password if *fresh*."""
        asked = {"prompt": "login", "max_age": "0"} if fresh else {}
        request.session.clear()  # whoever begins again has given up what was before
        try:
            sent: Response = await self._client.authorize_redirect(
                request, self._back, **asked
            )
        except (httpx2.HTTPError, RuntimeError, ValueError):
            raise Refused(_AWAY) from None
        return sent

    async def receive(self, request: Request) -> dict[str, Any]:
        """Read whom the provider has sent back. Raises Refused."""
        from authlib.common.errors import AuthlibBaseError  # noqa: PLC0415 - see above
        from joserfc.errors import JoseError  # noqa: PLC0415 - see above

        try:
            token = await self._client.authorize_access_token(request)
            claims: dict[str, Any] = dict(token["userinfo"])
        except httpx2.HTTPError:
            raise Refused(_AWAY) from None
        except (AuthlibBaseError, JoseError, KeyError, RuntimeError, ValueError):
            raise Refused(WRONG) from None
        if claims.get("iss") != self.issuer or not claims.get("sub"):
            raise Refused(WRONG)
        return claims
