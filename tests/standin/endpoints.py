"""Dedicated Inference Endpoints of the kinds that are met: one host name each."""

import base64
import json
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, Router

from tests.standin import faults
from tests.standin.router import drawn, seen
from tests.standin.script import scripted

if TYPE_CHECKING:
    from tests.standin.server import StandIn

DOMAIN = "us-east-1.aws.endpoints.huggingface.cloud"


def endpoint_url(name: str) -> str:
    """The address of an endpoint.

    Args:
        name: `itt-json`, `itt-object`, `itt-binary`, `itt-strict` (describe; the last two want the
            picture as the body: 415 or 400 to JSON), `tti-base64`, `tti-bytes`, `tti-list`,
            `tti-object`, `tti-toolkit` (draw; the last as huggingface-inference-toolkit does with a
            pipeline that has no negative prompt).
    """
    return f"https://{name}.{DOMAIN}"


@scripted("endpoint")
async def endpoint(request: Request) -> Response:
    """Answer as the endpoint that the host names."""
    standin: StandIn = request.app.state.standin
    if request.state.call.token not in standin.accounts:
        return JSONResponse({"error": "Unauthorized"}, 401)
    name = request.path_params["name"]
    return await (_describe if name.startswith("itt") else _draw)(name, request)


async def _describe(name: str, request: Request) -> Response:
    body = await request.body()
    is_json = request.headers.get("content-type", "").startswith("application/json")
    if is_json and name == "itt-binary":
        kinds = "image/jpeg, image/png, application/octet-stream"
        message = f'Content type "application/json" not supported. Supported content types: {kinds}'
        return JSONResponse({"error": message}, 415)
    if is_json and name == "itt-strict":
        return JSONResponse({"error": "Body needs to be an image"}, 400)
    answer = await seen(base64.b64decode(json.loads(body)["inputs"]) if is_json else body)
    if answer.status_code == 200 and name == "itt-object":
        return JSONResponse(json.loads(bytes(answer.body))[0])
    return answer


async def _draw(name: str, request: Request) -> Response:
    asked = await request.json()
    if "inputs" not in asked:
        return faults.bad_request("inputs is required").response()
    if name == "tti-toolkit" and (complaint := _toolkit_refuses(asked.get("parameters", {}))):
        return JSONResponse({"error": complaint}, 400)
    picture = await drawn(asked["inputs"], asked.get("parameters", {}))
    encoded = base64.b64encode(picture).decode()
    answers = {"tti-base64": encoded, "tti-list": [encoded], "tti-object": {"image": encoded}}
    if name in answers:
        return JSONResponse(answers[name])
    return Response(picture, media_type="image/png")


def _toolkit_refuses(parameters: dict[str, object]) -> str:
    """What version 0.5.6 says (diffusers_utils.py), or Python of a pipeline's call."""
    height, width = parameters.get("height"), parameters.get("width")
    if height != width:
        return (
            f"Provided `height={height}` and `width={width}`, but either both must have a value or "
            "both must be None (or not provided)."
        )
    call = "StableDiffusionPipeline.__call__()"
    unknown = "negative_prompt"
    return f"{call} got an unexpected keyword argument '{unknown}'" if unknown in parameters else ""


endpoints = Router([Route("/", endpoint, methods=["POST"])])
