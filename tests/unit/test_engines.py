import pytest

from describe_draw.engines import Engines
from describe_draw.engines.base import NOBODY
from describe_draw.problems import Problem
from describe_draw.settings import SettingsError
from tests.support import Puppet, settings


class OnlyDescribes:
    name = "talker"
    offer = Puppet.offer
    caption = Puppet.caption


def engines(*kinds, **values):
    return Engines(settings(**values), kinds)


def test_the_first_that_is_set_up_answers():
    first, second = Puppet("first"), Puppet("second")
    engine, offer, model = engines(first, second).captioner(NOBODY)
    assert engine is first
    assert (offer.engine, model) == ("first", "first/model")


def test_a_task_goes_to_an_engine_that_has_it():
    talker, both = OnlyDescribes(), Puppet("both")
    both.seconds = 0
    house = engines(talker, both)
    assert house.captioner(NOBODY)[0] is talker
    assert house.painter(NOBODY)[0] is both


def test_a_model_is_asked_by_its_name():
    first, second = Puppet("first"), Puppet("second")
    engine, _, model = engines(first, second).painter(NOBODY, "second/model")
    assert (engine, model) == (second, "second/model")


def test_an_unknown_model_is_refused_with_those_that_are_there():
    with pytest.raises(Problem) as caught:
        engines(Puppet("first"), Puppet("builtin")).painter(NOBODY, "other")
    assert "first/model, builtin" in str(caught.value)


def test_an_engine_can_be_forced_and_builtin_still_be_named():
    first, builtin = Puppet("first"), Puppet("builtin")
    house = engines(first, builtin, engine="builtin")
    assert house.painter(NOBODY)[0] is builtin
    assert engines(first, builtin).painter(NOBODY, "builtin")[0] is builtin


def test_forcing_an_engine_that_is_not_there_stops_the_start():
    with pytest.raises(SettingsError, match="ENGINE=builtin can't describe here"):
        engines(Puppet("first"), engine="builtin")


def test_nobody_writes_where_no_engine_can():
    with pytest.raises(Problem) as caught:
        engines(Puppet("first")).writer(NOBODY)
    assert caught.value.name == "nobody_answers"


def test_status_tells_who_answers_and_what_is_missing():
    status = Engines(settings()).status(NOBODY)
    assert status["describe"]["engine"] == status["draw"]["engine"] == "builtin"
    assert status["describe"]["payer"] == "nobody"
    assert "set HF_TOKEN" in status["draw"]["missing"]
    assert status["write"]["engine"] == ""
    assert status["write"]["missing"]
