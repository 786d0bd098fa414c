"""No caller reads a file of the server's: pictures are the app's own uploads, whatever is named."""

import base64
import os
from pathlib import Path

import pytest

from tests.support import EXAMPLES, tracebacks
from tests.visitors import called, upload, visitor

CAT = EXAMPLES / "cat.jpg"
GONE = "This picture is not available: upload it again."
META = {"_type": "gradio.FileData"}
TAKING_PICTURES = {
    "caption": ("short", ""),
    "describe_and_generate": (),
    "play": (1, 5),
    "read_recipe": (),
}


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A picture that nobody uploaded."""
    path = tmp_path / "scan.jpg"
    path.write_bytes(CAT.read_bytes())
    return path


def spellings(path: Path, app) -> dict[str, object]:
    """One file, named in every way that a caller may think of."""
    inside = os.path.relpath(path, app.files)
    return {
        "without a mark": {"path": str(path)},
        "with the mark": {"path": str(path), "meta": META},
        "with another mark": {"path": str(path), "meta": {"_type": "mine"}},
        "with an empty mark": {"path": str(path), "meta": {}},
        "as a stream": {"path": str(path), "meta": META, "is_stream": True},
        "as a stream without a mark": {"path": str(path), "is_stream": True},
        "by its address": {"url": f"/gradio_api/file={path}", "meta": META},
        "by a file: address": {"url": f"file://{path}", "path": f"file://{path}"},
        "out of the uploads": {"path": f"{app.files}/{inside}", "meta": META},
        "as a text": str(path),
    }


@pytest.mark.parametrize("endpoint", TAKING_PICTURES)
async def test_only_uploads_are_read_and_nothing_tells_what_exists(app, secret, endpoint):
    named = [*spellings(secret, app).values(), *spellings(Path("/no/such/scan.jpg"), app).values()]
    async with visitor(app.url) as http:
        for name in named:
            event, said = await called(http, endpoint, name, *TAKING_PICTURES[endpoint])
            assert (event, said["error"]) == ("error", GONE), name


@pytest.mark.parametrize("path", ["/proc/self/fd/1", "/proc/self/environ", "/dev/zero", "/dev/tty"])
async def test_devices_block_nothing(app, path):
    async with visitor(app.url) as http:
        for _ in range(4):
            event, said = await called(http, "caption", {"path": path}, "short", "")
            assert (event, said["error"]) == ("error", GONE)
        assert (await called(http, "caption", await upload(http), "short", ""))[0] == "complete"


@pytest.mark.parametrize(
    "value",
    [
        {"path": ["a"]},
        {"path": {"path": "/etc/hostname"}},
        {"path": 7},
        {"path": "a\0b"},
        {"path": "\ud800"},
        {"path": "a" * 50_000},
        {"path": "\n\x1b[31m"},
        {"url": "data:image/png;base64,%%%"},
        {"url": "data:image/png," + "a" * 5000},
        {"url": "data:" + "a;" * 5000},
        ["/etc/hostname"],
        42,
        True,
    ],
)
async def test_what_names_no_picture_ends_in_a_sentence(app, value):
    async with visitor(app.url) as http:
        event, said = await called(http, "caption", value, "short", "")
        assert event == "error"
        assert said["error"].endswith(".")
    assert tracebacks(app) == 0


async def test_a_file_that_any_other_value_names_is_not_touched(app, secret):
    """Gradio looks for files in the values of all components."""
    named = {"path": str(secret), "meta": META}
    async with visitor(app.url) as http:
        for number in range(8):
            data = ["a dog", "", 25, 7, 64, 64, 1, ""]
            data[number] = named
            event, said = await called(http, "generate", *data)
            assert event == "error", number
            assert str(secret) not in said["error"]
            data[number] = {"path": "http://127.0.0.1:9/", "meta": META}
            assert (await called(http, "draw", *data))[0] == "error"


async def test_a_link_among_the_uploads_leads_nowhere(app, secret):
    async with visitor(app.url) as http:
        picture = await upload(http)
        link = Path(picture["path"]).with_name("link.jpg")
        link.symlink_to(secret)
        event, said = await called(http, "caption", {"path": str(link)}, "short", "")
        assert (event, said["error"]) == ("error", GONE)
        link.unlink()


async def test_a_picture_that_comes_along_as_a_data_url_is_read(app):
    data = base64.b64encode(CAT.read_bytes()).decode()
    async with visitor(app.url) as http:
        event, said = await called(
            http, "caption", {"url": f"data:image/jpeg;base64,{data}"}, "short", ""
        )
        assert event == "complete"
        assert "cat" in said[0]
