"""Settings: from file and environment, each error in one sentence that names where the value came from."""

from pathlib import Path

import pytest

from assistant.settings import OWN_ADDRESSES, Settings, in_force, masked
from corpus.errors import SettingsError


@pytest.fixture
def settings_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file that POLICY_SETTINGS_FILE names; tests write it."""
    path = tmp_path / "portal.toml"
    monkeypatch.setenv("POLICY_SETTINGS_FILE", str(path))
    return path


def test_the_file_gives_values_and_the_environment_comes_before_it(
    settings_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings_file.write_text('port = 8001\nworkers = 3\ncors_origins = ["https://a.example"]\n', encoding="utf-8")
    monkeypatch.setenv("POLICY_PORT", "8002")
    settings = Settings.load()
    assert (settings.port, settings.workers, settings.cors_origins) == (8002, 3, ("https://a.example",))
    assert Settings.load(port=8003).port == 8003


def test_a_file_in_the_current_folder_is_read_without_being_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "policy-assistant.toml").write_text("port = 8004", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert Settings.load().port == 8004


def test_each_value_says_where_it_comes_from(settings_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings_file.write_text("port = 8001\nworkers = 3\n", encoding="utf-8")
    monkeypatch.setenv("POLICY_PORT", "8002")
    origins = {one.name: one.origin for one in in_force(Settings.load())}
    assert origins["port"] == "environment"
    assert origins["workers"] == str(settings_file)
    assert origins["host"] == "default"
    assert list(origins) == list(Settings.model_fields)


def test_an_empty_variable_is_unset_except_where_nothing_is_a_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICY_PORT", "")
    monkeypatch.setenv("POLICY_FEEDBACK_URL", "")
    settings = Settings.load()
    assert settings.port == 7860
    assert settings.feedback_url == ""


def test_lists_are_read_by_commas_or_spaces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICY_EMBED_ORIGINS", "https://www.example.gov.cn, https://*.example.org:8443")
    assert Settings.load().embed_origins == ("https://www.example.gov.cn", "https://*.example.org:8443")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("prot = 80", 'has the key "prot", which is no setting; did you mean port?'),
        ("quark = 1", 'has the key "quark", which is no setting; there are documents_dir'),
        ("port = 70000", "portal.toml is 70000, which does not work: it is the TCP port"),
        ("port = ", "is no TOML"),
        ('root_path = "policy"', "it begins with /"),
        ('cors_origins = ["https://a.example/path"]', "without a path"),
        ('cors_origins = ["https://*.example"]', "name each"),
        ('embed_origins = ["a.example"]', '"a.example" is no origin'),
        ('feedback_url = "feedback.db"', "such as sqlite:///"),
        ('log_level = "loud"', "debug, info, warning or error"),
        ("workers = 0", "requests worked on at once"),
    ],
)
def test_a_wrong_line_of_the_file_is_told_in_one_sentence(settings_file: Path, line: str, said: str) -> None:
    settings_file.write_text(line, encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        Settings.load()
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_named_file_that_is_not_there_is_told(settings_file: Path) -> None:
    with pytest.raises(SettingsError, match=r"portal\.toml cannot be read: No such file"):
        Settings.load()


def test_a_wrong_variable_and_a_wrong_option_are_called_by_their_names(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SettingsError, match="--root-path is 'x', which does not work"):
        Settings.load(root_path="x")
    monkeypatch.setenv("POLICY_WORKERS", "many")
    with pytest.raises(SettingsError, match="POLICY_WORKERS is 'many', which does not work"):
        Settings.load()


@pytest.mark.parametrize("name", OWN_ADDRESSES)
def test_a_prefix_that_is_an_address_of_the_server_is_refused(name: str) -> None:
    with pytest.raises(SettingsError, match="none of the server's own addresses"):
        Settings.load(root_path=f"/{name}")


def test_a_closing_slash_of_the_prefix_does_not_matter() -> None:
    assert Settings.load(root_path="/portal/policy/").root_path == "/portal/policy"


def test_passwords_are_shown_neither_in_force_nor_in_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICY_FEEDBACK_URL", "postgresql+psycopg://clerk:s3cret@db.example/policy")
    shown = {one.name: one.value for one in in_force(Settings.load())}
    assert shown["feedback_url"] == "postgresql+psycopg://clerk:***@db.example/policy"
    monkeypatch.setenv("POLICY_FEEDBACK_URL", "-://clerk:s3cret@db.example/policy")
    with pytest.raises(SettingsError) as caught:
        Settings.load()
    assert "s3cret" not in str(caught.value)


def test_a_password_with_signs_is_masked_whole() -> None:
    assert masked("x://u:p:a/s@host/db and y://v@host") == "x://u:***@host/db and y://v@host"


def test_every_setting_has_a_description() -> None:
    assert all(field.description for field in Settings.model_fields.values())
