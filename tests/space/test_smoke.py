"""The workflow waits for the commit that it uploaded, and judges no other.

The stages are those of huggingface_hub 2.4's `SpaceStage`, which its `HfApi.wait_for_space` divides
into those that pass and those that last; and "SLEEPING", of which huggingface.js and Gradio's page
know: https://github.com/huggingface/huggingface.js/blob/main/packages/hub/src/types/public.ts
"""

import pytest
from huggingface_hub import SpaceStage
from huggingface_hub._space_api import INTERMEDIATE_SPACE_STAGES, TERMINAL_SPACE_STAGES

from tests.standin.spaces import Space
from tools import smoke

NAME = "someone/describe-and-draw"
OLD, NEW = "0" * 40, "1" * 40


@pytest.fixture
def space(standin):
    """A Space whose repository has just got a new commit."""
    standin.spaces[NAME] = Space(sha=NEW)
    return standin.spaces[NAME]


def wait(seconds=20.0):
    smoke.wait(NAME, seconds=seconds, pause=0.01)


def test_every_stage_of_the_library_is_known():
    assert set(INTERMEDIATE_SPACE_STAGES) == smoke.STARTING
    lasting = smoke.BROKEN | {"RUNNING", "PAUSED", "STOPPED"}
    assert set(TERMINAL_SPACE_STAGES) == lasting
    assert set(SpaceStage) == smoke.STARTING | lasting


def test_it_waits_for_the_new_commit_to_run(space):
    space.stages = [("RUNNING", OLD), ("RUNNING_BUILDING", OLD), ("APP_STARTING", NEW)]
    wait()
    assert space.stages == []


@pytest.mark.parametrize("stage", sorted(smoke.BROKEN))
def test_a_broken_commit_does_not_fail_the_one_that_mends_it(space, stage):
    space.stages = [(stage, OLD), (stage, OLD), ("BUILDING", NEW), ("RUNNING", NEW)]
    wait()
    assert space.stages == []


@pytest.mark.parametrize("stage", sorted(smoke.BROKEN))
def test_the_new_commit_fails_where_it_does_not_run(space, stage):
    space.stages = [("BUILD_ERROR", OLD), ("BUILDING", NEW), (stage, NEW), ("RUNNING", NEW)]
    with pytest.raises(RuntimeError, match=f"is in stage {stage}"):
        wait()
    assert space.stages == [("RUNNING", NEW)]


def test_an_error_that_names_no_commit_is_the_new_ones_once_a_build_has_begun(space):
    space.stages = [("BUILD_ERROR", None), ("BUILDING", None), ("BUILD_ERROR", None)]
    with pytest.raises(RuntimeError, match="is in stage BUILD_ERROR"):
        wait()
    assert space.stages == []


@pytest.mark.parametrize("commit", [OLD, NEW, None])
def test_a_paused_space_fails_at_once_and_says_what_to_do(space, commit):
    space.stages = [("PAUSED", commit), ("RUNNING", NEW)]
    with pytest.raises(RuntimeError, match="is paused: restart it in its settings"):
        wait()
    assert space.stages == [("RUNNING", NEW)]


def test_a_space_that_sleeps_is_woken(standin, space):
    space.stages = [("SLEEPING", NEW), ("APP_STARTING", NEW)]
    wait()
    assert len(standin.calls_to("space_page")) == 1


def test_time_is_up_at_last(space):
    space.stages = [("BUILD_ERROR", OLD)] * 1000
    with pytest.raises(RuntimeError, match="doesn't run the newest commit yet, but is in stage"):
        wait(seconds=0.05)
