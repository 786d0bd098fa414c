"""huggingface.co: what models there are, who serves them, and who a token belongs to."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, Router

from tests.standin import oauth, spaces
from tests.standin.script import scripted

if TYPE_CHECKING:
    from tests.standin.server import StandIn


@dataclass
class Model:
    """A model on the Hub.

    Attributes:
        pipeline_tag: What it does, e.g. "text-to-image".
        providers: Who serves it: provider → (the provider's name for it, task). None leaves the
            mapping out of the answer.
        status: Of every mapping: "live", "staging" or "error".
        card: The head of its README, as far as a test needs it.
    """

    pipeline_tag: str
    providers: dict[str, tuple[str, str]] | None
    status: str = "live"
    card: dict[str, str] | None = None

    @property
    def tasks(self) -> set[str]:
        """What its providers serve it for."""
        return {task for _, task in (self.providers or {}).values()}

    def mapping(self) -> dict[str, dict[str, str]]:
        """Returns: `inferenceProviderMapping` as the Hub sends it."""
        return {
            provider: {"status": self.status, "providerId": name, "task": task}
            for provider, (name, task) in (self.providers or {}).items()
        }


def default_models() -> dict[str, Model]:
    """Returns: the app's default models as they are served today (BLIP: by nobody)."""
    vision = "Qwen/Qwen3-VL-30B-A3B-Instruct"
    third = "stabilityai/stable-diffusion-3-medium-diffusers"
    edit = "image-to-image"
    return {
        "Salesforce/blip-image-captioning-base": Model("image-to-text", {}),
        vision: Model("image-text-to-text", {"novita": (vision.lower(), "conversational")}),
        "Tongyi-MAI/Z-Image-Turbo": Model(
            "text-to-image",
            {
                "fal-ai": ("fal-ai/z-image/turbo", "text-to-image"),
                "replicate": ("prunaai/z-image-turbo", "text-to-image"),
                "wavespeed": ("wavespeed-ai/z-image/turbo", "text-to-image"),
            },
        ),
        "black-forest-labs/FLUX.1-schnell": Model(
            "text-to-image", {"fal-ai": ("fal-ai/flux/schnell", "text-to-image")}
        ),
        "black-forest-labs/FLUX.1-dev": Model(
            "text-to-image", {"together": ("black-forest-labs/FLUX.1-dev", "text-to-image")}
        ),
        third: Model("text-to-image", {"hf-inference": (third, "text-to-image")}),
        "black-forest-labs/FLUX.1-Kontext-dev": Model(
            edit,
            {
                "fal-ai": ("fal-ai/flux-kontext/dev", edit),
                "replicate": ("black-forest-labs/flux-kontext-dev", edit),
            },
        ),
        "Qwen/Qwen-Image-Edit-2511": Model(edit, {"fal-ai": ("fal-ai/qwen-image-edit-plus", edit)}),
        "black-forest-labs/FLUX.2-dev": Model(
            edit,
            {
                "replicate": ("black-forest-labs/flux-2-dev", edit),
                "wavespeed": ("wavespeed-ai/flux-2-dev/edit", edit),
            },
        ),
    }


@scripted("model_info")
async def model_info(request: Request) -> Response:
    """`GET /api/models/{owner}/{name}`, whole or only what `expand` names."""
    standin: StandIn = request.app.state.standin
    model_id = "{owner}/{name}".format(**request.path_params)
    if (model := standin.models.get(model_id)) is None:
        headers = {"X-Error-Code": "RepoNotFound", "X-Error-Message": "Repository not found"}
        return JSONResponse({"error": "Repository not found"}, 404, headers)
    info: dict[str, Any] = {"_id": f"{abs(hash(model_id)):024x}"[:24], "id": model_id}
    expand = request.query_params.getlist("expand")
    if not expand:
        info |= {"pipeline_tag": model.pipeline_tag, "tags": [model.pipeline_tag], "siblings": []}
    if "pipeline_tag" in expand:
        info["pipeline_tag"] = model.pipeline_tag
    if "cardData" in expand and model.card is not None:
        info["cardData"] = model.card
    if "inferenceProviderMapping" in expand and model.providers is not None:
        info["inferenceProviderMapping"] = model.mapping()
    return JSONResponse(info)


@scripted("whoami")
async def whoami(request: Request) -> Response:
    """`GET /api/whoami-v2`."""
    standin: StandIn = request.app.state.standin
    account = standin.accounts.get(request.state.call.token or "")
    if account is None:
        message = "Invalid credentials in Authorization header"
        return JSONResponse({"error": message}, 401, {"X-Error-Message": message})
    access = {"displayName": "inference", "role": "fineGrained"}
    return JSONResponse(
        {
            "type": "user",
            "name": account.name,
            "fullname": account.name.title(),
            "isPro": False,
            "orgs": [],
            "auth": {"type": "access_token", "accessToken": access},
        }
    )


hub = Router(
    [
        Route("/api/models/{owner}/{name}", model_info),
        Route("/api/whoami-v2", whoami),
        *oauth.routes,
        *spaces.routes,
    ]
)
