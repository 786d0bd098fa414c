"""Signing in with huggingface.co: OpenID Connect, whoever comes has agreed already.

The answers' members and the tokens' claims are those of a recorded answer of `POST /oauth/token` of
2025-05 (in server/api.py of the Space HuggingFaceTB/wikispeedia), the addresses those of the real
https://huggingface.co/.well-known/openid-configuration; the keys are the stand-in's own.
"""

import time
import uuid
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from joserfc import jwt
from joserfc.jwk import OKPKey, RSAKey
from starlette.datastructures import URL
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from tests.standin.accounts import Account
from tests.standin.script import scripted

if TYPE_CHECKING:
    from tests.standin.server import StandIn

HUB = "https://huggingface.co"
EIGHT_HOURS = 28799


@cache
def access_key() -> OKPKey:
    """Signs access tokens."""
    return OKPKey.generate_key("Ed25519")


@cache
def identity_key() -> RSAKey:
    """Signs identities."""
    return RSAKey.generate_key(2048)


@dataclass
class SignIn:
    """Who signs in, and what came of it.

    Attributes:
        name: The account.
        seconds: How long the access token lasts.
        token: The last access token that was given.
    """

    name: str = "somebody"
    seconds: int = EIGHT_HOURS
    token: str = ""
    asked: dict[str, dict[str, str]] = field(default_factory=dict)

    def grant(self, code: str) -> dict[str, Any]:
        """The answer to a code that the account's agreement had led to."""
        asked = self.asked.pop(code)
        now, subject = int(time.time()), "6178d8422673000000000000"
        times = {"iat": now, "exp": now + self.seconds, "iss": HUB}
        scopes = asked["scope"].split()
        session = {"oauthApp": asked["client_id"], "sessionId": "67a0db979cfd000000000000"}
        access = {"scope": scopes, "aud": HUB, **session, "sub": subject, **times}
        person = {
            "sub": subject,
            "name": self.name.title(),
            "preferred_username": self.name,
            "profile": f"{HUB}/{self.name}",
            "picture": f"{HUB}/avatars/{subject}.svg",
            "aud": asked["client_id"],
            "auth_time": now,
            "nonce": asked["nonce"],
        }
        signed = jwt.encode({"alg": "EdDSA"}, access, access_key(), algorithms=["EdDSA"])
        self.token = f"hf_oauth_{signed}"
        return {
            "access_token": self.token,
            "token_type": "bearer",
            "expires_in": self.seconds,
            "id_token": jwt.encode({"alg": "RS256"}, person | times, identity_key()),
            "scope": asked["scope"],
            "refresh_token": f"hf_oauth__refresh_{uuid.uuid4().hex}",
        }


@scripted("openid_configuration")
async def configuration(request: Request) -> Response:
    """`GET /.well-known/openid-configuration`."""
    return JSONResponse(
        {
            "issuer": HUB,
            "authorization_endpoint": f"{HUB}/oauth/authorize",
            "token_endpoint": f"{HUB}/oauth/token",
            "userinfo_endpoint": f"{HUB}/oauth/userinfo",
            "jwks_uri": f"{HUB}/oauth/jwks",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
        }
    )


@scripted("authorize")
async def authorize(request: Request) -> Response:
    """`GET /oauth/authorize`: back to the app at once, with a code."""
    standin: StandIn = request.app.state.standin
    code = uuid.uuid4().hex
    standin.sign_in.asked[code] = dict(request.query_params)
    back = URL(request.query_params["redirect_uri"])
    state = request.query_params["state"]
    return RedirectResponse(str(back.include_query_params(code=code, state=state)), 303)


async def granted(request: Request) -> Response:
    """`POST /oauth/token` with a code."""
    standin: StandIn = request.app.state.standin
    form = {key: values[0] for key, values in parse_qs((await request.body()).decode()).items()}
    if form.get("grant_type") != "authorization_code" or form["code"] not in standin.sign_in.asked:
        return JSONResponse({"error": "invalid_grant"}, 400)
    answer = standin.sign_in.grant(form["code"])
    standin.accounts[answer["access_token"]] = Account(standin.sign_in.name)
    return JSONResponse(answer)


@scripted("jwks")
async def jwks(request: Request) -> Response:
    """`GET /oauth/jwks`: by which the app knows that the identity is true."""
    return JSONResponse({"keys": [identity_key().as_dict(private=False)]})


routes = [
    Route("/.well-known/openid-configuration", configuration),
    Route("/oauth/authorize", authorize),
    Route("/oauth/jwks", jwks),
]
