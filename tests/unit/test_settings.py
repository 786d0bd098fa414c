import pytest

from describe_draw.settings import Settings, SettingsError, load
from tests import support


def test_defaults_are_the_documented_ones():
    settings = support.settings()
    assert settings.concurrency == 50
    assert settings.queue_size == 256
    assert (settings.max_upload_mb, settings.max_megapixels) == (20, 64)
    assert (settings.max_prompt_chars, settings.max_side) == (2000, 1024)


def test_a_variable_sets_a_setting(monkeypatch):
    monkeypatch.setenv("MAX_SIDE", "768")
    assert load().max_side == 768


def test_an_empty_variable_counts_as_unset(monkeypatch):
    monkeypatch.setenv("MAX_SIDE", "")
    assert load().max_side == 1024


def test_dotenv_beside_the_app_is_read(tmp_path, monkeypatch):
    (tmp_path / ".env").write_text("QUEUE_SIZE=9\nUNRELATED=1\n")
    monkeypatch.setitem(Settings.model_config, "env_file", tmp_path / ".env")
    assert load().queue_size == 9


@pytest.mark.parametrize(
    ("variable", "value", "allowed"),
    [
        ("MAX_SIDE", "1000", "multiple of 64"),
        ("MAX_SIDE", "many", "integer"),
        ("CONCURRENCY", "0", "greater than or equal to 1"),
        ("ENGINE", "magic", "'auto'"),
    ],
)
def test_an_invalid_value_is_told_in_one_line(monkeypatch, variable, value, allowed):
    monkeypatch.setenv(variable, value)
    with pytest.raises(SettingsError) as caught:
        load()
    line = str(caught.value)
    assert line.startswith(f"{variable}={value}: ")
    assert allowed in line
    assert "\n" not in line


def test_a_task_can_have_an_engine_of_its_own():
    settings = support.settings(engine="auto", image_engine="builtin")
    assert settings.forced("draw") == "builtin"
    assert settings.forced("describe") is None


@pytest.mark.parametrize(
    ("variable", "value", "allowed"),
    [
        ("HF_TOKEN", "your-token-here", "begins with hf_"),
        ("HF_API_KEY", "sk-secret", "begins with hf_"),
        ("IMAGE_MODELS", "https://example.com/x", "owner/name"),
        ("IMAGE_MODELS", ",", "at least 1"),
        ("VISION_MODEL", "two words", "owner/name"),
        ("HF_API_ITT_BASE", "example.com", "begins with https://"),
        ("IMAGE_API_URL", "ftp://user:sk-secret@example.com", "begins with https://"),
        ("VISITOR_LIMIT", "many", "30/hour"),
        ("REQUEST_TIMEOUT", "0", "greater than or equal to 1"),
    ],
)
def test_invalid_hub_settings_are_told_without_secrets(monkeypatch, variable, value, allowed):
    monkeypatch.setenv(variable, value)
    with pytest.raises(SettingsError) as caught:
        load()
    line = str(caught.value)
    assert line.startswith(variable.replace("API_KEY", "TOKEN"))
    assert allowed in line
    assert "sk-secret" not in line
    assert "your-token" not in line


def test_hub_settings_are_read_as_people_write_them(monkeypatch):
    monkeypatch.setenv("HF_API_KEY", "hf_abc\n")
    monkeypatch.setenv("IMAGE_MODELS", " a/one, b/two ,")
    monkeypatch.setenv("VISION_MODEL", "acme/eyes:fastest")
    chosen = load()
    assert chosen.hf_token
    assert chosen.hf_token.get_secret_value() == "hf_abc"
    assert chosen.image_models == ("a/one", "b/two")
    assert chosen.vision_model == ("acme/eyes:fastest",)
    assert "hf_abc" not in repr(chosen)
