"""What endpoints.yml names: tracker store, its database, event broker; a wrong name stops the start."""

from __future__ import annotations

import asyncio
import importlib
import os
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from beian.project import ROOT
from beian.settings import Settings, SettingsError
from beian.store.schema.places import Database, database_at
from beian.store.schema.revisions import CONVERSATIONS, EVENTS
from beian.text import patterns

_VARIABLE = patterns.compile(r"\$\{(\w+)\}")


def read_endpoints(path: Path | None = None) -> dict[str, Any]:
    """The content of endpoints.yml, {} when there is none. Raises SettingsError."""
    file = path or ROOT / "endpoints.yml"
    if not file.exists():
        return {}
    try:
        content = YAML(typ="safe", pure=True).load(_filled(file.read_text(encoding="utf-8")))
    except (OSError, YAMLError) as error:
        raise SettingsError(f"{file} cannot be read: {error}") from error
    if content is not None and not isinstance(content, dict):
        raise SettingsError(f"{file} should hold named endpoints")
    return content or {}


def _filled(text: str) -> str:
    """The text with ${NAME} replaced from the environment, as Rasa does; raises SettingsError."""

    def value(match: patterns.Match) -> str:
        if match[1] not in os.environ:
            raise SettingsError(f"endpoints.yml: the environment has no {match[1]}")
        return os.environ[match[1]]

    lines = text.splitlines(keepends=True)
    return "".join(line if line.lstrip().startswith("#") else _VARIABLE.sub(value, line) for line in lines)


async def open_tracker_store(endpoints: dict[str, Any], var: Path) -> Any:
    """The tracker store of endpoints.yml with its event broker. Raises SettingsError or StoreError."""
    return tracker_store(endpoints, var, await _broker(endpoints))


def tracker_store(endpoints: dict[str, Any], var: Path, event_broker: Any = None) -> Any:
    """The tracker store of endpoints.yml, in var/tracker.db by default. Raises SettingsError or StoreError.

    It must be MaskedTrackerStore or a subclass: others would store personal numbers.
    """
    from beian.engine.tracker_store import MaskedTrackerStore

    settings = dict(endpoints.get("tracker_store") or {})
    kind = settings.pop("type", None)
    store = MaskedTrackerStore if kind is None else _class(kind, "tracker_store")
    if not (isinstance(store, type) and issubclass(store, MaskedTrackerStore)):
        raise SettingsError(f"endpoints.yml › tracker_store › type: {kind} does not mask personal numbers")
    if settings.get("dialect", "sqlite") == "sqlite":
        settings["db"] = str(_file(settings.get("db"), var))
    if "url" in settings:
        settings["host"] = settings.pop("url")
    try:
        return store(event_broker=event_broker, **settings)
    except TypeError as error:
        raise SettingsError(f"endpoints.yml › tracker_store: {error}") from error


def tracker_database(endpoints: dict[str, Any], var: Path) -> Any:
    """Where the tracker store of endpoints.yml keeps its events: a SQLite file, or an SQLAlchemy URL."""
    settings = dict(endpoints.get("tracker_store") or {})
    if settings.get("dialect", "sqlite") == "sqlite":
        return _file(settings.get("db"), var)
    from rasa.core.tracker_store import SQLTrackerStore

    names = ("dialect", "port", "db", "username", "password", "login_db", "query")
    given = {name: settings[name] for name in names if name in settings}
    return SQLTrackerStore.get_db_url(host=settings.get("url", settings.get("host")), **given)


def databases(settings: Settings, endpoints: dict[str, Any]) -> list[Database]:
    """Where the conversations' database is, and the events'; without those that live in memory only."""
    places = [
        database_at(CONVERSATIONS, settings.database or settings.var / "conversations.db"),
        database_at(EVENTS, tracker_database(endpoints, settings.var)),
    ]
    return [place for place in places if str(place.file) != ":memory:"]


def _file(configured: str | None, var: Path) -> Path:
    """A relative file keeps its name and goes to `var`, wherever the server is started."""
    if configured is None:
        return var / "tracker.db"
    path = Path(configured)
    return path if path.is_absolute() else var / path.name


async def _broker(endpoints: dict[str, Any]) -> Any:
    configured = endpoints.get("event_broker")
    if not configured:
        return None
    from rasa.core.brokers.broker import EventBroker
    from rasa.utils.endpoints import EndpointConfig

    broker = await EventBroker.create(EndpointConfig.from_dict(dict(configured)), asyncio.get_event_loop())
    if broker is None:
        raise SettingsError(f"endpoints.yml › event_broker › type: there is no {configured.get('type')}")
    return broker


def _class(path: str, key: str) -> Any:
    module, _, name = str(path).rpartition(".")
    try:
        return getattr(importlib.import_module(module), name)
    except (ImportError, AttributeError, ValueError) as error:
        raise SettingsError(f"endpoints.yml › {key} › type: there is no {path}") from error
