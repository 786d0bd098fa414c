"""The providers that draw: they take, refuse and ignore what their own documentation says.

The shapes of requests and answers are those of huggingface_hub 2.4 (`inference/_providers/*.py`)
and of its tests (tests/test_inference_providers.py at ee0a451). What each provider takes:

- fal-ai: https://fal.ai/models/fal-ai/flux-1/schnell/llms.txt (steps 1 to 12),
  https://fal.ai/models/fal-ai/flux/dev/api (steps to 50),
  https://fal.ai/docs/model-api-reference/image-generation-api/z-image-turbo (steps 1 to 8)
- nscale: https://docs.nscale.com/api-reference/inferencing/create-image
- replicate: https://replicate.com/black-forest-labs/flux-schnell/api/schema, …/flux-dev/api/schema,
  https://replicate.com/prunaai/z-image-turbo/api/schema; how it refuses:
  https://replicate.com/changelog/2024-05-01-improved-validation-for-api-prediction-payloads
- together: https://docs.together.ai/reference/post-images-generations, …/docs/images-overview
- wavespeed: https://wavespeed.ai/docs-api/flux-dev, …/docs/docs-api/wavespeed-ai/flux-schnell
- zai-org: https://docs.z.ai/api-reference/image/generate-image-async
"""

import base64
import itertools
import re
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, Router

from tests.standin import faults
from tests.standin.router import drawn, paid
from tests.standin.script import scripted

if TYPE_CHECKING:
    from tests.standin.server import StandIn

HOSTS = {
    "fal-ai": "v3.fal.media",
    "replicate": "replicate.delivery",
    "wavespeed": "static.wavespeed.ai",
    "zai-org": "mfile.z.ai",
}
"""Where each puts its pictures."""

Ranges = dict[str, tuple[float, float]]
FAL: dict[str, Ranges] = {
    "fal-ai/flux/schnell": {"num_inference_steps": (1, 12)},
    "fal-ai/flux/dev": {"num_inference_steps": (1, 50), "guidance_scale": (1, 20)},
    "fal-ai/z-image/turbo": {"num_inference_steps": (1, 8)},
}
REPLICATE: dict[str, Ranges] = {
    "black-forest-labs/flux-schnell": {"num_inference_steps": (1, 4)},
    "black-forest-labs/flux-dev": {"num_inference_steps": (1, 50), "guidance": (0, 10)},
    "prunaai/z-image-turbo": {"num_inference_steps": (1, 50), "width": (64, 2048)},
}
RATIOS = {"1:1", "16:9", "21:9", "3:2", "2:3", "4:5", "5:4", "3:4", "4:3", "9:16", "9:21"}
WAVESPEED: Ranges = {"num_inference_steps": (1, 50), "guidance_scale": (0, 10)}
TOGETHER: Ranges = {"steps": (1, 50)}
_any_seed = itertools.count(1_000_000)


def out_of(ranges: Ranges, asked: dict[str, Any]) -> tuple[str, float] | None:
    """Returns: the first option that isn't in its range, and the range's end."""
    for name, (low, high) in ranges.items():
        if name in asked and not low <= asked[name] <= high:
            return name, high
    return None


def kept(request: Request, provider: str, picture: bytes) -> str:
    """Returns: the address of a picture, from now on."""
    standin: StandIn = request.app.state.standin
    name = f"{len(standin.pictures)}.png"
    standin.pictures[name] = picture
    return f"https://{HOSTS[provider]}/files/{name}"


@scripted("fal")
@paid
async def fal(request: Request) -> Response:
    """fal-ai: the answer names the address of the picture."""
    asked = await request.json()
    if bad := out_of(FAL.get(request.path_params["model"], {}), asked):
        return faults.too_much(*bad).response()
    size, seed = asked.get("image_size", {}), asked.get("seed", next(_any_seed))
    url = kept(request, "fal-ai", await drawn(asked["prompt"], {**size, "seed": seed}))
    image = {"url": url, "content_type": "image/png", **size}
    return JSONResponse({"images": [image], "seed": seed, "prompt": asked["prompt"]})


@scripted("picture")
async def picture(request: Request) -> Response:
    """A picture at the address that was named."""
    standin: StandIn = request.app.state.standin
    return Response(standin.pictures[request.path_params["name"]], media_type="image/png")


@scripted("together")
@paid
async def together(request: Request) -> Response:
    """together: the picture as base64 in JSON."""
    asked = await request.json()
    if bad := out_of(TOGETHER, asked):
        return faults.bad_request(f"{bad[0]} must be between 1 and {bad[1]}").response()
    picture = await drawn(asked["prompt"], asked)
    image = {"index": 0, "b64_json": base64.b64encode(picture).decode(), "type": None}
    return JSONResponse({"id": "o1", "object": "list", "model": asked["model"], "data": [image]})


@scripted("nscale")
@paid
async def nscale(request: Request) -> Response:
    """nscale: model, prompt, size and n; whatever else is asked for changes nothing."""
    asked = await request.json()
    width, height = map(int, asked.get("size", "512x512").split("x"))
    options = {"width": width, "height": height, "seed": next(_any_seed)}
    picture = await drawn(asked["prompt"], options)
    return JSONResponse({"created": 1, "data": [{"b64_json": base64.b64encode(picture).decode()}]})


@scripted("replicate")
@paid
async def replicate(request: Request) -> Response:
    """replicate, asked with `Prefer: wait`: the finished prediction."""
    model = request.path_params["model"]
    asked = (await request.json())["input"]
    if bad := out_of(REPLICATE.get(model, {}), asked):
        return faults.invalid_input(*bad).response()
    options = asked
    if "flux" in model:
        if asked.get("aspect_ratio", "1:1") not in RATIOS:
            return faults.invalid_input("aspect_ratio", 0).response()
        if asked.get("megapixels", "1") not in ("1", "0.25"):
            return faults.invalid_input("megapixels", 1).response()
        options = _flux_at_replicate(asked)
    url = kept(request, "replicate", await drawn(asked["prompt"], options))
    output: Any = [url] if "flux" in model else url
    return JSONResponse({"id": "p1", "model": model, "status": "succeeded", "output": output}, 201)


def _flux_at_replicate(asked: dict[str, Any]) -> dict[str, Any]:
    """What of the input FLUX there looks at: no width, no height, a seed only without go_fast."""
    wide, high = map(int, asked.get("aspect_ratio", "1:1").split(":"))
    pixels = 512 * 512 if asked.get("megapixels", "1") == "0.25" else 1024 * 1024
    scale = (pixels / (wide * high)) ** 0.5
    sides = {"width": round(wide * scale / 16) * 16, "height": round(high * scale / 16) * 16}
    is_repeated = asked.get("go_fast", True) is False and "seed" in asked
    return {**sides, "seed": asked["seed"] if is_repeated else next(_any_seed)}


@scripted("wavespeed")
@paid
async def wavespeed(request: Request) -> Response:
    """wavespeed: a task, whose result is to be asked for; the size is one text."""
    standin: StandIn = request.app.state.standin
    asked = await request.json()
    size = re.fullmatch(r"(\d+)\*(\d+)", asked.get("size", "1024*1024"))
    sides = tuple(map(int, size.groups())) if size else ()
    if out_of(WAVESPEED, asked) or not sides or not all(512 <= side <= 1536 for side in sides):
        return JSONResponse({"code": 400, "message": "invalid input"}, 400)
    options = {"width": sides[0], "height": sides[1], "seed": asked.get("seed", next(_any_seed))}
    task = f"t{len(standin.pictures)}"
    standin.tasks[task] = kept(request, "wavespeed", await drawn(asked["prompt"], options))
    get = f"https://api.wavespeed.ai/api/v3/predictions/{task}/result"
    data = {"id": task, "status": "created", "outputs": [], "urls": {"get": get}}
    return JSONResponse({"code": 200, "message": "success", "data": data})


@scripted("result")
async def wavespeed_result(request: Request) -> Response:
    """The result of a task, done by now."""
    standin: StandIn = request.app.state.standin
    task = request.path_params["task"]
    data = {"id": task, "status": "completed", "outputs": [standin.tasks[task]]}
    return JSONResponse({"code": 200, "message": "success", "data": data})


@scripted("zai")
@paid
async def zai(request: Request) -> Response:
    """zai-org: a task that is done at once; sides are multiples of 32, of 1024 to 2048 pixels."""
    asked = await request.json()
    sides = [int(side) for side in asked.get("size", "1280x1280").split("x")]
    if any(side % 32 or not 1024 <= side <= 2048 for side in sides):
        return faults.bad_request("size").response()
    options = {"width": sides[0], "height": sides[1], "seed": next(_any_seed)}
    url = kept(request, "zai-org", await drawn(asked["prompt"], options))
    return JSONResponse({"id": "z1", "task_status": "SUCCESS", "image_result": [{"url": url}]})


routes = [
    Route("/nscale/v1/images/generations", nscale, methods=["POST"]),
    Route("/zai-org/api/paas/v4/async/images/generations", zai, methods=["POST"]),
]
"""Of those that only draw; the others are in editors.py."""

media = Router([Route("/files/{name}", picture)])
