"""The page's own files: where they are, how long browsers keep them, and what isn't served."""

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from describe_draw.gate.routes import route_of
from describe_draw.ui.static import FOLDER, add_to, address, made_address

CODE = "export const begin = () => {};"
CARD = (FOLDER / "card.jpg").read_bytes()


def served(root_path=""):
    app = FastAPI()
    add_to(app, {"front.js": CODE})
    return TestClient(app, root_path=root_path)


@pytest.mark.parametrize("root_path", ["", "/some/path"])
def test_a_file_is_served_at_its_address(root_path):
    """Also where a proxy has the app at a path, which it takes off before it hands requests on."""
    answer = served(root_path).get(address("card.jpg"))
    assert (answer.content, answer.headers["content-type"]) == (CARD, "image/jpeg")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "immutable" in answer.headers["cache-control"]


@pytest.mark.parametrize("query", ["", "?v=", "?v=another"])
def test_at_another_address_it_is_asked_for_again(query):
    client = served()
    first = client.get(f"/page/card.jpg{query}")
    assert first.headers["cache-control"] == "no-cache"
    kept = {"if-none-match": first.headers["etag"]}
    again = client.get("/page/card.jpg", headers=kept)
    assert (again.status_code, again.content) == (304, b"")


def test_head_and_ranges():
    client = served()
    assert client.head("/page/card.jpg").headers["content-length"] == str(len(CARD))
    part = client.get("/page/card.jpg", headers={"range": "bytes=10-19"})
    assert (part.status_code, part.content) == (206, CARD[10:20])


@pytest.mark.parametrize(
    "path",
    ["../page.py", "..%2f..%2ffavicon.svg", "%2e%2e/%2e%2e/favicon.svg", "", "none.jpg", "/"],
)
def test_nothing_else_is_served(path):
    assert served().get(f"/page/{path}").status_code in {404, 405}


@pytest.mark.parametrize(
    "path", ["/page/../x.py", "/page/a/../../x.py", "/page/.x", "/page//x.jpg"]
)
def test_the_gate_lets_none_but_plain_names_in(path):
    assert route_of("GET", "/page/demo/first-1.webp")
    assert route_of("GET", path) is None


def test_webp_is_known_on_every_system(monkeypatch, tmp_path):
    monkeypatch.setattr("describe_draw.ui.static.FOLDER", tmp_path)
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "one.webp").write_bytes(b"RIFF....WEBP")
    assert served().get("/page/demo/one.webp").headers["content-type"] == "image/webp"


@pytest.mark.parametrize(("query", "lasts"), [("", False), ("?v=another", False), (None, True)])
def test_the_script_is_kept_for_ever_at_its_own_address(query, lasts):
    address = made_address("front.js", CODE) if query is None else f"page/front.js{query}"
    answer = served().get(address)
    assert answer.text == CODE
    assert answer.headers["content-type"].startswith("text/javascript")
    assert ("immutable" in answer.headers["cache-control"]) is lasts
    assert answer.headers["x-content-type-options"] == "nosniff"
