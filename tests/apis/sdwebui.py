"""AUTOMATIC1111's web UI: /sdapi/v1 of https://github.com/AUTOMATIC1111/stable-diffusion-webui."""

import base64
import json

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


async def txt2img(request: Request) -> Response:
    asked = await request.json()
    for name, value in asked.items():  # FastAPI's validation
        if not isinstance(value, TXT2IMG.get(name, ())):
            problem = {"loc": ["body", name], "msg": "Input should be valid", "type": "type_error"}
            return JSONResponse({"detail": [problem]}, 422)
    png = art.draw(asked["prompt"], asked["width"], asked["height"], asked["seed"])
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
    "/sdapi/v1/interrogate": (interrogate, ["POST"]),
}
