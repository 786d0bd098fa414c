"""Dedicated Inference Endpoints of the kinds that are met: one host name each."""

import base64
import json
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, Router

from tests.standin import faults
from tests.standin.router import drawn, redrawn, seen
from tests.standin.script import scripted

if TYPE_CHECKING:
    from tests.standin.server import StandIn

IMG2IMG = {"prompt", "strength", "num_inference_steps", "guidance_scale", "negative_prompt"}
"""What diffusers 0.42's `StableDiffusionImg2ImgPipeline.__call__` takes of what is asked here."""

DOMAIN = "us-east-1.aws.endpoints.huggingface.cloud"


def endpoint_url(name: str) -> str:
    """The address of an endpoint.

    Args:
        name: `itt-json`, `itt-object`, `itt-binary`, `itt-strict` (describe; the last two want the
            picture as the body: 415 or 400 to JSON), `tti-base64`, `tti-bytes`, `tti-list`,
            `tti-object`, `tti-toolkit` (draw; the last as huggingface-inference-toolkit does with a
            pipeline that has no negative prompt), `iti-bytes`, `iti-base64`, `iti-pipeline` (draw
            from pictures; the last hands its parameters to a pipeline, as such handlers do).
    """
    return f"https://{name}.{DOMAIN}"


@scripted("endpoint")
async def endpoint(request: Request) -> Response:
    """Answer as the endpoint that the host names."""
    standin: StandIn = request.app.state.standin
    if request.state.call.token not in standin.accounts:
        return JSONResponse({"error": "Unauthorized"}, 401)
    name = request.path_params["name"]
    ways = {"itt": _describe, "tti": _draw, "iti": _edit}
    return await ways[name.partition("-")[0]](name, request)


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


async def _edit(name: str, request: Request) -> Response:
    asked = await request.json()
    parameters = asked["parameters"]
    if name == "iti-pipeline" and (unknown := parameters.keys() - IMG2IMG):
        call = "StableDiffusionImg2ImgPipeline.__call__()"
        said = f"{call} got an unexpected keyword argument '{min(unknown)}'"
        return JSONResponse({"error": said}, 400)
    options = {**parameters, **parameters.get("target_size", {})}
    picture = await redrawn(base64.b64decode(asked["inputs"]), parameters["prompt"], options)
    if name == "iti-base64":
        return JSONResponse({"image": base64.b64encode(picture).decode()})
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
