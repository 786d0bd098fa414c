import logging

from describe_draw.problems import EngineProblem, Problem, to_problem


def test_a_problem_is_a_sentence():
    assert str(Problem("no_prompt")) == "The prompt is empty: describe the picture you want."
    assert Problem("no_prompt").sentence("zh").startswith("提示词是空的")


def test_a_problem_of_ones_own_making_is_told_as_it_is():
    problem = Problem("no_picture")
    assert to_problem(problem, "describe") is problem


def test_an_engines_problem_is_logged_under_its_reference(caplog):
    problem = EngineProblem("unexpected")
    with caplog.at_level(logging.WARNING):
        assert to_problem(problem, "draw") is problem
    assert problem.reference in caplog.text
    assert problem.reference in problem.sentence()


def test_an_unexpected_error_keeps_its_text_to_itself(caplog):
    secret = "https://user:password@example.org"
    try:
        raise ValueError(secret)
    except ValueError as error:
        problem = to_problem(error, "describe")
    assert problem.sentence().startswith("Something went wrong")
    assert "ValueError at test_problems.py" in caplog.text
    assert secret not in caplog.text + problem.sentence()


def test_the_log_names_the_cause_of_an_engines_problem(caplog):
    problem = EngineProblem("engine_failed", "builtin", who="built-in engine")
    try:
        raise problem from MemoryError("secret")
    except EngineProblem:
        to_problem(problem, "draw")
    assert "engine_failed: MemoryError" in caplog.text
    assert "secret" not in caplog.text
