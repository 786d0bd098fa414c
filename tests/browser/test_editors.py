"""Every engine's way from a picture to another, through the page."""

import pytest
from playwright.sync_api import expect

from describe_draw.access import Access
from describe_draw.engines.endpoint import Endpoint
from describe_draw.engines.hub import Hub
from describe_draw.engines.local import Local
from describe_draw.engines.model_api import ModelApi
from tests.apis import MODEL, ModelServer
from tests.browser.visitor import answered, attach, do, write
from tests.local import tiny
from tests.standin import OPERATOR
from tests.standin.endpoints import endpoint_url
from tests.standin.hub import Model
from tests.support import EXAMPLES, page_of, settings

KONTEXT = "black-forest-labs/FLUX.1-Kontext-dev"
SERVED = Model("image-to-image", {"fal-ai": ("fal-ai/flux-kontext/dev", "image-to-image")})


@pytest.fixture(scope="module")
def server():
    with ModelServer() as running:
        yield running


@pytest.fixture
def hub(standin):
    standin.models[KONTEXT] = SERVED
    chosen = settings(hf_token=OPERATOR, edit_models=(KONTEXT,))
    return [Hub(chosen, Access(chosen))]


@pytest.fixture
def endpoint(standin):
    chosen = settings(hf_token=OPERATOR, hf_api_iti_base=endpoint_url("iti-bytes"))
    return [Endpoint(chosen, Access(chosen))]


@pytest.fixture
def automatic1111(server):
    return [ModelApi(settings(image_api="automatic1111", image_api_url=server.url))]


@pytest.fixture
def openai(server):
    own = {"image_api": "openai", "image_api_url": server.url, "image_api_model": MODEL}
    return [ModelApi(settings(**own))]


@pytest.fixture
def local(tmp_path):
    model = str(tiny.stable_diffusion(tmp_path / "tiny-diffusion"))
    return [Local(settings(local_device="cpu", local_image_model=model))]


@pytest.fixture
def builtin():
    return []


@pytest.mark.parametrize(
    ("engine", "says"),
    [
        ("hub", f"Hugging Face Hub · {KONTEXT} (fal-ai)"),
        ("endpoint", "dedicated endpoint"),
        ("automatic1111", "model API"),
        ("openai", MODEL),
        ("local", "local model"),
        ("builtin", "built-in engine"),
    ],
)
def test_a_picture_is_drawn_from_by(request, open_page, engine, says):
    with page_of(*request.getfixturevalue(engine), caption_engine="builtin") as url:
        page = open_page(url)
        attach(page, EXAMPLES / "cat.jpg")
        answered(page)
        write(page, "at night")
        do(page, "draw")
        expect(answered(page)).to_contain_text("Drawn from this picture")
        expect(page.locator("#answer .credit")).to_contain_text(says)
        expect(page.locator("#answer .figure img, #answer .source img")).to_have_count(2)
