"""How the page is put together."""

from collections import Counter

import gradio as gr
import httpx
from gradio.blocks import Block
from gradio.components import Component

from tests.support import Puppet, page_of


def test_no_visitor_and_no_call_has_the_components_described_again(monkeypatch):
    """Gradio's own sessions describe all of them, which takes 5 ms for each visitor and call."""
    described: Counter[str] = Counter()

    def counted(owner, name):
        describe = getattr(owner, name)

        def count(*args):
            described[name] += 1
            return describe(*args)

        monkeypatch.setattr(owner, name, count)

    with page_of(Puppet()) as url:
        assert httpx.get(url).status_code == 200
        counted(Component, "get_config")
        counted(Component, "api_info")
        counted(Block, "get_config")
        for _ in range(2):
            assert httpx.get(url).status_code == 200
            asked = httpx.post(f"{url}/gradio_api/call/v2/draw", json={"prompt": "a dog"})
            event = asked.json()["event_id"]
            answer = httpx.get(f"{url}/gradio_api/call/draw/{event}")
            assert "event: complete" in answer.text
    assert not described
    gr.Textbox().get_config()
    assert described["get_config"]  # it is counted
