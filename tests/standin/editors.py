"""The providers that draw from pictures: they take, refuse and ignore what they document.

The shapes of requests and answers are those of huggingface_hub 2.4 (`inference/_providers/*.py`).
Which of them serves which model: https://huggingface.co/docs/inference-providers/tasks/image-to-image
and …/providers/fal-ai, …/replicate, …/wavespeed. What each takes:

- fal-ai: https://fal.ai/models/fal-ai/flux-kontext/dev/llms.txt (steps 10 to 50, no size, by
  default `match_input`), …/qwen-image-edit/llms.txt (steps 2 to 50), …/flux-2-dev/llms.txt (steps 4
  to 50, 512 to 2048 a side); its queue: https://fal.ai/docs/model-apis/model-endpoints/queue
- replicate: https://replicate.com/black-forest-labs/flux-kontext-dev/api/schema (`input_image`,
  steps 4 to 50, guidance to 10), …/flux-2-dev/api/schema (`input_images`, `aspect_ratio` 1:1)
- together: https://docs.together.ai/docs/inference/images/reference-images ("FLUX.2 [dev] … only
  support reference_images"), …/parameters (Kontext's `aspect_ratio`)
- wavespeed: https://wavespeed.ai/docs/docs-api/wavespeed-ai/flux-kontext-dev (`image`),
  …/flux-2-dev-edit (`images`, size and seed)
"""

import base64
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.standin import art, faults, painters
from tests.standin.painters import Ranges, kept, out_of
from tests.standin.router import paid, redrawn
from tests.standin.script import Endpoint, scripted

if TYPE_CHECKING:
    from tests.standin.server import StandIn

PICTURES = {"image", "image_url", "input_image", "reference_images"}
SIDE = (512, 2048)
FAL: dict[str, tuple[str, Ranges]] = {
    "fal-ai/flux-kontext/dev": (
        "image_url",
        {"num_inference_steps": (10, 50), "guidance_scale": (1, 20)},
    ),
    "fal-ai/qwen-image-edit-plus": (
        "image_urls",
        {"num_inference_steps": (2, 50), "guidance_scale": (0, 20)},
    ),
    "fal-ai/flux-2/edit": (
        "image_urls",
        {
            "num_inference_steps": (4, 50),
            "guidance_scale": (0, 20),
            "width": SIDE,
            "height": SIDE,
        },
    ),
}
REPLICATE: dict[str, tuple[str, Ranges]] = {
    "black-forest-labs/flux-kontext-dev": (
        "input_image",
        {"num_inference_steps": (4, 50), "guidance": (0, 10)},
    ),
    "black-forest-labs/flux-2-dev": ("input_images", {}),
}
WAVESPEED: dict[str, str] = {
    "wavespeed-ai/flux-kontext-dev": "image",
    "wavespeed-ai/flux-2-dev/edit": "images",
}


def either(draws: Endpoint, edits: Endpoint) -> Endpoint:
    """Where words alone and pictures come to one address: by whether a picture came."""

    async def answer(request: Request) -> Response:
        asked = await request.json()
        return await (edits if PICTURES & asked.get("input", asked).keys() else draws)(request)

    return answer


def opened(sent: str | list[str]) -> bytes:
    """Returns: the picture in a data URL, or in the first of several."""
    url = sent if isinstance(sent, str) else sent[0]
    assert url.startswith("data:image/jpeg;base64,")
    return base64.b64decode(url.partition(",")[2])


@scripted("fal_edit")
@paid
async def fal(request: Request) -> Response:
    """fal-ai, at its queue: a request that is to be asked after."""
    standin: StandIn = request.app.state.standin
    model = request.path_params["model"]
    asked = await request.json()
    name, ranges = FAL[model]
    assert request.query_params["_subdomain"] == "queue"
    size = asked.get("image_size", {})
    if name not in asked:
        said = {"loc": ["body", name], "msg": "Field required", "type": "missing"}
        return JSONResponse({"detail": [said]}, 422)
    if bad := out_of(ranges, asked | size):
        return faults.too_much(*bad).response()
    options = asked | ({} if name == "image_url" else size)
    picture = await redrawn(opened(asked[name]), asked["prompt"], options)
    task = f"f{len(standin.pictures)}"
    standin.tasks[task] = kept(request, "fal-ai", picture)
    app = "/".join(model.split("/")[:2])
    at = f"https://queue.fal.run/{app}/requests/{task}"
    urls = {"response_url": at, "status_url": f"{at}/status", "cancel_url": f"{at}/cancel"}
    return JSONResponse({"status": "IN_QUEUE", "request_id": task, "queue_position": 0, **urls})


@scripted("fal_status")
@paid
async def fal_status(request: Request) -> Response:
    """How far the queue is: done by now."""
    return JSONResponse({"status": "COMPLETED", "request_id": request.path_params["task"]})


@scripted("fal_result")
@paid
async def fal_result(request: Request) -> Response:
    """What came of a request."""
    standin: StandIn = request.app.state.standin
    url = standin.tasks[request.path_params["task"]]
    return JSONResponse({"images": [{"url": url, "content_type": "image/png"}], "seed": 1})


@scripted("replicate_edit")
@paid
async def replicate(request: Request) -> Response:
    """replicate: in the picture's shape where it is told so, else square."""
    model = request.path_params["model"]
    asked = (await request.json())["input"]
    name, ranges = REPLICATE[model]
    if name not in asked:
        return faults.invalid_input(name, 0).response()
    if bad := out_of(ranges, asked):
        return faults.invalid_input(*bad).response()
    picture = opened(asked[name])
    default = "match_input_image" if name == "input_image" else "1:1"
    square = {"width": 1024, "height": 1024}
    sides = {} if asked.get("aspect_ratio", default) == "match_input_image" else square
    options = {"seed": asked.get("seed", 0), **sides}
    url = kept(request, "replicate", await redrawn(picture, asked["prompt"], options))
    return JSONResponse({"id": "p2", "model": model, "status": "succeeded", "output": url}, 201)


@scripted("together_edit")
@paid
async def together(request: Request) -> Response:
    """together: Kontext takes `image_url` and a shape, FLUX.2 `reference_images` and sides."""
    asked = await request.json()
    name = "image_url" if "kontext" in asked["model"].lower() else "reference_images"
    if name not in asked or not 1 <= asked.get("steps", 1) <= 50:
        return faults.bad_request("invalid input").response()
    picture = opened(asked[name])
    options = dict(asked)
    if name == "image_url":
        wide, high = map(int, asked.get("aspect_ratio", "1:1").split(":"))
        scale = (art.size(picture)[0] * art.size(picture)[1] / (wide * high)) ** 0.5
        options |= {"width": round(wide * scale), "height": round(high * scale)}
    drawn = base64.b64encode(await redrawn(picture, asked["prompt"], options)).decode()
    return JSONResponse({"id": "o2", "object": "list", "data": [{"index": 0, "b64_json": drawn}]})


@scripted("wavespeed_edit")
@paid
async def wavespeed(request: Request) -> Response:
    """wavespeed: a task, whose result is to be asked for."""
    standin: StandIn = request.app.state.standin
    asked: dict[str, Any] = await request.json()
    name = WAVESPEED[request.path_params["model"]]
    sides = [int(side) for side in asked.get("size", "1024*1024").split("*")]
    if name not in asked or not all(512 <= side <= 1536 for side in sides):
        return JSONResponse({"code": 400, "message": f"property '{name}' is missing"}, 400)
    options = {"width": sides[0], "height": sides[1], "seed": asked.get("seed", 0)}
    picture = await redrawn(opened(asked[name]), asked["prompt"], options)
    task = f"t{len(standin.pictures)}"
    standin.tasks[task] = kept(request, "wavespeed", picture)
    get = f"https://api.wavespeed.ai/api/v3/predictions/{task}/result"
    data = {"id": task, "status": "created", "outputs": [], "urls": {"get": get}}
    return JSONResponse({"code": 200, "message": "success", "data": data})


routes = [
    Route("/fal-ai/{app:path}/requests/{task}/status", fal_status),
    Route("/fal-ai/{app:path}/requests/{task}", fal_result),
    Route("/fal-ai/{model:path}", either(painters.fal, fal), methods=["POST"]),
    Route("/together/v1/images/generations", either(painters.together, together), methods=["POST"]),
    Route(
        "/replicate/v1/models/{model:path}/predictions",
        either(painters.replicate, replicate),
        methods=["POST"],
    ),
    Route("/wavespeed/api/v3/predictions/{task}/result", painters.wavespeed_result),
    Route(
        "/wavespeed/api/v3/{model:path}", either(painters.wavespeed, wavespeed), methods=["POST"]
    ),
]
