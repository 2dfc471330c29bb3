import asyncio

import pytest

from beian.engine.endpoints import open_tracker_store, read_endpoints
from beian.engine.tracker_store import MaskedTrackerStore
from beian.settings import ROOT, SettingsError


def opened(endpoints, var):
    return asyncio.run(open_tracker_store(endpoints, var))


def test_the_projects_own_file_works(tmp_path):
    endpoints = read_endpoints(ROOT / "endpoints.yml")
    store = opened(endpoints, tmp_path)
    assert type(store) is MaskedTrackerStore
    assert (tmp_path / "tracker.db").exists()


def test_without_a_file_there_is_a_default(tmp_path):
    assert read_endpoints(tmp_path / "none.yml") == {}
    assert type(opened({}, tmp_path)) is MaskedTrackerStore


@pytest.mark.parametrize(
    ("endpoints", "match"),
    [
        (
            {"tracker_store": {"type": "beian.engine.tracker_store.Wrong"}},
            "there is no beian.engine.tracker_store.Wrong",
        ),
        ({"tracker_store": {"type": "no.such.module.Store"}}, "there is no"),
        ({"tracker_store": {"type": "SQL"}}, "there is no SQL"),
        ({"tracker_store": {"type": "rasa.core.tracker_store.SQLTrackerStore"}}, "does not mask"),
        ({"event_broker": {"type": "no.such.Broker"}}, "event_broker"),
    ],
)
def test_wrong_names_stop_the_start(tmp_path, endpoints, match):
    with pytest.raises(SettingsError, match=match):
        opened(endpoints, tmp_path)


def test_values_come_from_the_environment(tmp_path, monkeypatch):
    file = tmp_path / "endpoints.yml"
    file.write_text("# ${NOT_THIS}\ntracker_store:\n  db: ${BEIAN_TEST_NAME}.db\n")
    with pytest.raises(SettingsError, match="BEIAN_TEST_NAME"):
        read_endpoints(file)
    monkeypatch.setenv("BEIAN_TEST_NAME", "other")
    assert read_endpoints(file) == {"tracker_store": {"db": "other.db"}}


def test_a_broken_file_stops_the_start(tmp_path):
    file = tmp_path / "endpoints.yml"
    for content in ("[1, 2]", "a: [", "text"):
        file.write_text(content)
        with pytest.raises(SettingsError):
            read_endpoints(file)
