"""The hours the team keeps: those of the setting until an admin writes others, and the days closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from beian.desk.hours import Closure, Hours, HoursError
from beian.store.conversations import ConversationStore
from beian.store.desk.team_settings import TeamSettings
from beian.text.acceptable import readable

MOST_CLOSURES = 60
MOST_DAYS = 366
MOST_WHY_CHARACTERS = 40
_NAME = "hours"


class Opening:
    """Reads and writes the hours; every server of the database reads the same. Waits for the store."""

    def __init__(self, store: ConversationStore, setting: Hours) -> None:
        self._settings = TeamSettings(store)
        self.setting = setting
        """What BEIAN_DESK_HOURS says."""

    def hours(self) -> Hours:
        """The hours that hold."""
        stored = self._settings.read(_NAME)
        if stored is None:
            return self.setting
        hours = Hours.parse(stored["hours"]) if stored["hours"] else self.setting
        closures = [
            Closure(date.fromisoformat(first), date.fromisoformat(last), why)
            for first, last, why in stored["closed"]
        ]
        return replace(hours, clock=self.setting.clock).closed_on(*closures)

    def is_written(self) -> bool:
        """Whether an admin wrote hours that hold in the place of the setting's."""
        stored = self._settings.read(_NAME)
        return stored is not None and bool(stored["hours"])

    def write(self, hours: str | None, closures: Sequence[Closure], by: str) -> Hours:
        """Keep hours as `Hours.parse` reads them (None: those of the setting) and days on which nobody is
        there; the hours that hold then. Raises HoursError."""
        written = Hours.parse(hours).written if hours else None
        if len(closures) > MOST_CLOSURES:
            raise HoursError(f"最多 {MOST_CLOSURES} 条放假日")
        for closure in closures:
            if not 0 <= (closure.last - closure.first).days < MOST_DAYS:
                raise HoursError(f"{closure.first} 到 {closure.last}：最后一天要不早于第一天，一年之内")
        closed = [
            (one.first.isoformat(), one.last.isoformat(), readable(one.why)[:MOST_WHY_CHARACTERS])
            for one in sorted(closures, key=lambda one: (one.first, one.last))
        ]
        self._settings.write(_NAME, {"hours": written, "closed": closed}, by)
        return self.hours()
