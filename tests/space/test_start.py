"""Built by the platform's line and started in its environment, the app serves."""

import re
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import httpx
import pytest
from gradio_client import Client, handle_file
from gradio_client.exceptions import AppError
from PIL import Image

from describe_draw.access import TOKEN_PAGE
from tests.space.build import header
from tests.space.conftest import OAUTH
from tests.standin import OPERATOR, faults
from tests.support import EXAMPLES, ROOT

HUB_ROUTES = ("model_info", "whoami", "image_to_text", "text_to_image", "chat", "unknown")


def test_without_secret_sign_in_or_network_it_describes_and_draws(space):
    client = Client(space.url, verbose=False)
    assert "cat" in client.predict(handle_file(EXAMPLES / "cat.jpg"), api_name="/caption")
    picture, seed = client.predict("a dog in a park", seed=42, api_name="/generate")
    assert Image.open(picture).size == (512, 512)
    assert seed == 42


def test_status_names_what_works_and_the_one_step_to_more(space):
    status = Client(space.url, verbose=False).predict(api_name="/status")
    assert status["describe"]["engine"] == status["draw"]["engine"] == "builtin"
    assert "HF_TOKEN" in status["draw"]["missing"]
    assert TOKEN_PAGE in status["draw"]["missing"]


def test_the_page_is_served_without_node(space):
    answer = httpx.get(space.url)
    assert answer.status_code == 200
    assert "Describe &amp; Draw" in answer.text or "Describe & Draw" in answer.text


def test_the_log_has_no_complaint_of_the_apps(space):
    log = space.log.read_text()
    assert not re.search(r"^(WARNING|ERROR)", log, re.MULTILINE)
    assert f'File "{ROOT}/' not in log  # Gradio's own event loop may complain of its end


def test_a_hub_that_never_answers_holds_up_neither_start_nor_the_built_in_engine(
    standin, start_space
):
    for route in HUB_ROUTES:
        standin.script_always(route, faults.hangs())
    environment = {**standin.environment(OPERATOR), **OAUTH, "REQUEST_TIMEOUT": "2"}
    with start_space(**environment) as app:
        client = Client(app.url, verbose=False)
        assert client.predict(api_name="/status")["draw"]["engine"] == "hub"
        cat = handle_file(EXAMPLES / "cat.jpg")
        assert "cat" in client.predict(cat, model="builtin", api_name="/caption")
        assert client.predict("a dog", model="builtin", api_name="/draw")
        with pytest.raises(AppError, match="within 2 s"):
            client.predict(cat, api_name="/caption")
        assert httpx.get(app.url + "/config").json()["space_id"] == "someone/describe-and-draw"


@pytest.fixture
def zero_device():
    """ZeroGPU's device service, as far as a start goes: its address, and the reports it took."""
    reports = []

    class Device(BaseHTTPRequestHandler):
        def do_POST(self):
            reports.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Device)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", reports
    server.shutdown()
    thread.join()
    server.server_close()


def test_on_zerogpu_the_start_reports_functions_for_its_gpu(zero_device, start_space):
    url, reports = zero_device
    zero = {"SPACES_ZERO_GPU": "true", "SPACES_ZERO_DEVICE_API_URL": url}
    with start_space(**zero, ACCELERATOR="zero") as app:
        assert reports == ["/startup-report"]
        caption = Client(app.url, verbose=False).predict(
            handle_file(EXAMPLES / "cat.jpg"), api_name="/caption"
        )
        assert "cat" in caption


def test_a_restart_needs_nothing_of_the_start_before(space, start_space):
    before = Client(space.url, verbose=False).predict("a dog", seed=1, api_name="/draw")
    with start_space() as app:
        again = Client(app.url, verbose=False).predict("a dog", seed=1, api_name="/draw")
        assert Path(again).read_bytes() == Path(before).read_bytes()


def test_the_header_starts_the_file_that_these_tests_start():
    assert header()["app_file"] == "app.py"
