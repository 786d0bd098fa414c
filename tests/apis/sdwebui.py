"""AUTOMATIC1111's web UI: /sdapi/v1 of https://github.com/AUTOMATIC1111/stable-diffusion-webui."""

import base64
import json
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tests.standin import art

# what modules/api/models.py makes of StableDiffusionProcessing in modules/processing.py (0027ce1f)
TXT2IMG: dict[str, tuple[type, ...]] = {
    "prompt": (str,),
    "negative_prompt": (str,),
    "steps": (int,),
    "cfg_scale": (int, float),
    "width": (int,),
    "height": (int,),
    "seed": (int,),
    "override_settings": (dict,),
}
# modules/api/models.py, StableDiffusionImg2ImgProcessingAPI (008a8e75); api.py says 404 without
# pictures, and takes their Base64 with or without the head of a data URL
IMG2IMG = {**TXT2IMG, "init_images": (list,), "denoising_strength": (int, float)}


async def txt2img(request: Request) -> Response:
    asked = await request.json()
    if refusal := _refusal(asked, TXT2IMG):
        return refusal
    return _drawn(asked, art.draw(asked["prompt"], asked["width"], asked["height"], asked["seed"]))


async def img2img(request: Request) -> Response:
    asked = await request.json()
    if refusal := _refusal(asked, IMG2IMG):
        return refusal
    if not asked.get("init_images"):
        return JSONResponse({"detail": "Init image not found"}, 404)
    sides = (asked["width"], asked["height"])
    source = base64.b64decode(asked["init_images"][0], validate=True)
    return _drawn(asked, art.redraw(source, asked["prompt"], *sides, asked["seed"]))


def _refusal(asked: dict[str, Any], known: dict[str, tuple[type, ...]]) -> Response | None:
    for name, value in asked.items():  # FastAPI's validation
        if not isinstance(value, known.get(name, ())):
            problem = {"loc": ["body", name], "msg": "Input should be valid", "type": "type_error"}
            return JSONResponse({"detail": [problem]}, 422)
    return None


def _drawn(asked: dict[str, Any], png: bytes) -> Response:
    images = [base64.b64encode(png).decode()]
    info = json.dumps({"seed": asked["seed"]})
    return JSONResponse({"images": images, "parameters": asked, "info": info})


async def interrogate(request: Request) -> Response:
    asked = await request.json()
    if asked.get("model", "clip") not in ("clip", "deepdanbooru"):
        return JSONResponse({"detail": "Model not found"}, 404)
    return JSONResponse({"caption": art.describe(base64.b64decode(asked["image"]))})


ROUTES = {
    "/sdapi/v1/txt2img": (txt2img, ["POST"]),
    "/sdapi/v1/img2img": (img2img, ["POST"]),
    "/sdapi/v1/interrogate": (interrogate, ["POST"]),
}
