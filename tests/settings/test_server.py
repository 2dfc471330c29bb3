import pytest

from beian.settings import Settings, SettingsError, from_environment


def test_defaults_are_closed():
    settings = from_environment({})
    assert settings.host == "127.0.0.1"
    assert (settings.api_key, settings.secret, settings.metrics_token) == (None, None, None)
    assert settings.frame_ancestors == "'self'"
    assert settings.retention_days == 90
    assert settings.proxies == 0


def test_from_the_environment_and_the_command_line(tmp_path):
    key = tmp_path / "key"
    key.write_text("k" * 20 + "\n")
    key.chmod(0o600)
    settings = from_environment(
        {
            "BEIAN_HOST": "0.0.0.0",
            "BEIAN_PORT": "8000",
            "BEIAN_ORIGINS": "https://a.example, https://b.example/",
            "BEIAN_API_KEY_FILE": str(key),
            "BEIAN_PROXIES": "1",
            "BEIAN_RETENTION_DAYS": "30",
            "BEIAN_SECRET_OLD": "o" * 20,
            "BEIAN_STREAMS_ADDRESS": "7",
        },
        port=9000,
        host=None,
    )
    assert (settings.host, settings.port, settings.proxies, settings.retention_days) == (
        "0.0.0.0",
        9000,
        1,
        30,
    )
    assert settings.allowed_origins == {"https://a.example", "https://b.example"}
    assert settings.api_key == "k" * 20
    assert (settings.secret_old, settings.max_streams_address) == ("o" * 20, 7)


@pytest.mark.parametrize(
    ("environ", "match"),
    [
        ({"BEIAN_PORT": "many"}, "BEIAN_PORT"),
        ({"BEIAN_PORT": "0"}, "BEIAN_PORT"),
        ({"BEIAN_RETENTION_DAYS": "0"}, "BEIAN_RETENTION_DAYS 应是大于 0 的天数"),
        ({"BEIAN_RETENTION_DAYS": "-1"}, "BEIAN_RETENTION_DAYS"),
        ({"BEIAN_RETENTION_DAYS": "nan"}, "BEIAN_RETENTION_DAYS"),
        ({"BEIAN_RETENTION_DAYS": "inf"}, "BEIAN_RETENTION_DAYS"),
        ({"BEIAN_PROXIES": "-1"}, "BEIAN_PROXIES 应是 0 或"),
        ({"BEIAN_METRICS_TOKEN": "short"}, "BEIAN_METRICS_TOKEN 太短"),
        ({"BEIAN_RATE_SESSION": "10,nan"}, "BEIAN_RATE_SESSION"),
        ({"BEIAN_ORIGINS": "example.com"}, "BEIAN_ORIGINS"),
        ({"BEIAN_ORIGINS": "*"}, "BEIAN_ORIGINS"),
        ({"BEIAN_API_KEY": "short"}, "BEIAN_API_KEY"),
        ({"BEIAN_SECRET": "short"}, "BEIAN_SECRET"),
        ({"BEIAN_SECRET_OLD": "short"}, "BEIAN_SECRET_OLD 太短"),
        ({"BEIAN_STREAMS_ADDRESS": "0"}, "BEIAN_STREAMS_ADDRESS"),
        ({"BEIAN_STREAMS_ADDRESS": "many"}, "BEIAN_STREAMS_ADDRESS"),
        ({"BEIAN_RATE_SESSION": "fast"}, "BEIAN_RATE_SESSION"),
        ({"BEIAN_RATE_SESSION": "10,0"}, "BEIAN_RATE_SESSION"),
        ({"BEIAN_API_KEY_FILE": "/no/such/file"}, "BEIAN_API_KEY_FILE"),
        ({"BEIAN_FRAME_ANCESTORS": "'self'; script-src *"}, "BEIAN_FRAME_ANCESTORS"),
    ],
)
def test_bad_settings_stop_the_start(environ, match):
    with pytest.raises(SettingsError, match=match):
        from_environment(environ)


def test_a_key_file_that_others_can_read_stops_the_start(tmp_path):
    key = tmp_path / "key"
    key.write_text("k" * 20)
    key.chmod(0o644)
    with pytest.raises(SettingsError, match="其他用户能读"):
        from_environment({"BEIAN_API_KEY_FILE": str(key)})


def test_a_key_file_that_its_group_can_read_is_taken(tmp_path):
    key = tmp_path / "key"
    key.write_text("k" * 20)
    key.chmod(0o440)
    assert from_environment({"BEIAN_API_KEY_FILE": str(key)}).api_key == "k" * 20


def test_behind_a_proxy_nothing_is_open_for_being_on_loopback():
    settings = from_environment({"BEIAN_PROXIES": "1", "BEIAN_ORIGINS": "https://a.example"})
    assert settings.host == "127.0.0.1"
    assert not settings.on_loopback
    assert settings.allowed_origins == {"https://a.example"}


@pytest.mark.parametrize(
    ("host", "inside"),
    [
        ("127.0.0.1", True),
        ("localhost", True),
        ("::1", True),
        ("0.0.0.0", False),
        ("10.0.0.5", False),
        ("a.example", False),
    ],
)
def test_loopback(host, inside):
    assert Settings(host=host).on_loopback is inside
