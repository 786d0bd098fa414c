"""How the page is put together."""

from gradio.state_holder import SessionState

from describe_draw.ui.page import build
from tests.support import settings


def test_every_visitor_has_descriptions_of_their_own_as_gradio_would_make_them() -> None:
    demo = build(settings())
    one, other = SessionState(demo), SessionState(demo)
    for block in demo.blocks.values():
        for describes in ("get_config", "api_info", "example_inputs"):
            vars(block).pop(describes, None)
    assert one.config_values == SessionState(demo).config_values
    key = next(key for key, said in one.config_values.items() if "value" in said["props"])
    one._update_value_in_config(key, "mine alone")
    assert other.config_values[key]["props"]["value"] != "mine alone"
