import pytest

from describe_draw.access import ANONYMOUS
from describe_draw.engines import Engines
from describe_draw.problems import Problem
from describe_draw.settings import SettingsError
from tests.support import Puppet, settings


class OnlyDescribes:
    name = "talker"
    lacks = Puppet.lacks
    capabilities = Puppet.capabilities
    caption = Puppet.caption


def engines(*kinds, **values):
    return Engines(settings(**values), kinds)


def test_the_first_that_is_set_up_answers():
    first, second = Puppet("first"), Puppet("second")
    engine, can = engines(first, second).captioner(ANONYMOUS)
    assert engine is first
    assert (can.engine, can.model) == ("first", "first/model")


def test_a_task_goes_to_an_engine_that_has_it():
    talker, both = OnlyDescribes(), Puppet("both")
    both.seconds = 0
    house = engines(talker, both)
    assert house.captioner(ANONYMOUS)[0] is talker
    assert house.image_generator(ANONYMOUS)[0] is both


def test_a_model_is_asked_by_its_name():
    first, second = Puppet("first"), Puppet("second")
    engine, can = engines(first, second).image_generator(ANONYMOUS, "second/model")
    assert (engine, can.model) == (second, "second/model")


def test_an_unknown_model_is_refused_with_those_that_are_there():
    with pytest.raises(Problem) as caught:
        engines(Puppet("first"), Puppet("builtin")).image_generator(ANONYMOUS, "other")
    assert "first/model, builtin/model" in str(caught.value)


def test_an_engine_can_be_forced_and_builtin_still_be_named():
    first, builtin = Puppet("first"), Puppet("builtin")
    house = engines(first, builtin, engine="builtin")
    assert house.image_generator(ANONYMOUS)[0] is builtin
    assert engines(first, builtin).image_generator(ANONYMOUS, "builtin/model")[0] is builtin


def test_forcing_an_engine_that_is_not_there_stops_the_start():
    with pytest.raises(SettingsError, match="ENGINE=builtin can't describe: choose one"):
        engines(Puppet("first"), engine="builtin")


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (
            {"text_engine": "builtin"},
            "TEXT_ENGINE=builtin can't write: choose one of auto",
        ),
        ({"text_engine": "endpoint"}, "TEXT_ENGINE=endpoint can't write"),
        ({"text_engine": "http"}, "TEXT_ENGINE=http can't write: set TEXT_API_URL."),
        ({"image_engine": "endpoint"}, "IMAGE_ENGINE=endpoint can't draw: set HF_API_TTI_BASE."),
        ({"caption_engine": "endpoint"}, "CAPTION_ENGINE=endpoint can't describe: set HF_API_ITT"),
        ({"engine": "endpoint"}, "ENGINE=endpoint can't describe: set HF_API_ITT_BASE."),
        ({"engine": "http"}, "ENGINE=http can't describe: set CAPTION_API_URL."),
        ({"image_engine": "api"}, "IMAGE_ENGINE=http can't draw: set IMAGE_API_URL."),
        (
            {"engine": "local", "local_device": "none"},
            "ENGINE=local can't describe: LOCAL_DEVICE=no",
        ),
    ],
)
def test_the_setting_that_forces_an_engine_is_the_one_that_is_blamed(values, said):
    with pytest.raises(SettingsError) as caught:
        Engines(settings(**values))
    assert str(caught.value).startswith(said)


def test_an_engine_for_all_tasks_need_not_write():
    house = Engines(settings(engine="builtin"))
    assert house.capability("write", ANONYMOUS) is None
    assert house.image_generator(ANONYMOUS)[0].name == "builtin"


def test_nobody_writes_where_no_engine_can():
    with pytest.raises(Problem) as caught:
        engines(Puppet("first")).writer(ANONYMOUS)
    assert caught.value.name == "nobody_answers"


def test_status_tells_who_answers_and_what_is_missing():
    status = Engines(settings()).status(ANONYMOUS)
    assert status["describe"]["engine"] == status["draw"]["engine"] == "builtin"
    assert status["describe"]["payer"] == "nobody"
    assert "set HF_TOKEN" in status["draw"]["missing"]
    assert status["write"]["engine"] == ""
    assert status["write"]["missing"]
