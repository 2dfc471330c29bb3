from dataclasses import replace
from pathlib import Path

from beian.engine.endpoints import databases
from beian.settings import Settings

SETTINGS = Settings(var=Path("/data"))
POSTGRES = {
    "tracker_store": {
        "type": "beian.engine.tracker_store.MaskedTrackerStore",
        "dialect": "postgresql",
        "url": "db.example:5433",
        "db": "beian",
        "username": "beian",
        "password": "pw-of-the-events",
    }
}


def test_files_by_default_and_as_configured():
    assert [place.file for place in databases(SETTINGS, {})] == [
        Path("/data/conversations.db"),
        Path("/data/tracker.db"),
    ]
    there = replace(SETTINGS, database="/elsewhere/c.db")
    found = databases(there, {"tracker_store": {"dialect": "sqlite", "db": "var/events.db"}})
    assert [place.file for place in found] == [Path("/elsewhere/c.db"), Path("/data/events.db")]


def test_urls_keep_their_password_to_themselves():
    shared = replace(SETTINGS, database="postgresql://beian:pw-of-the-conversations@db.example/beian")
    found = databases(shared, POSTGRES)
    assert [(place.file, place.url.host, place.url.port, place.url.database) for place in found] == [
        (None, "db.example", None, "beian"),
        (None, "db.example", 5433, "beian"),
    ]
    for place in found:
        assert place.url.password.startswith("pw-of")
        assert "pw-of" not in place.label


def test_what_lives_in_memory_is_nobodys_business():
    assert [place.line.name for place in databases(replace(SETTINGS, database=":memory:"), {})] == ["events"]
