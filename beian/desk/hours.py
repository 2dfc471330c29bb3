"""When people answer: hours of working days in China, from BEIAN_DESK_HOURS."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time

from beian.calendar.today import CHINA
from beian.calendar.working_days import is_working_day
from beian.server.settings import SettingsError
from beian.text import patterns

DEFAULT = "09:00-18:00"
ALWAYS = "always"
_SPAN = patterns.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)")


@dataclass(frozen=True)
class Hours:
    """`spans` are (from, to) in China's time; None means always. `every_day` counts holidays in."""

    spans: tuple[tuple[time, time], ...] | None
    every_day: bool = False
    clock: Callable[[], datetime] = lambda: datetime.now(CHINA)

    @classmethod
    def parse(cls, text: str | None) -> Hours:
        """Read "09:00-12:00,13:30-18:00" (working days), "daily 08:00-22:00" or "always".

        Raises SettingsError.
        """
        text = (text or DEFAULT).strip()
        if text == ALWAYS:
            return cls(None)
        every_day = text.startswith("daily ")
        spans = []
        for part in text.removeprefix("daily ").split(","):
            match = _SPAN.fullmatch(part.strip())
            begin, end = (
                (time(int(match[1]), int(match[2])), time(int(match[3]), int(match[4])))
                if match
                else (
                    time(0),
                    time(0),
                )
            )
            if begin >= end:
                raise SettingsError(f"BEIAN_DESK_HOURS: {part.strip()!r} is nothing like 09:00-18:00")
            spans.append((begin, end))
        return cls(tuple(spans), every_day)

    def open(self) -> bool:
        """Whether someone is expected to be there now."""
        if self.spans is None:
            return True
        now = self.clock().astimezone(CHINA)
        if not self.every_day and not is_working_day(now.date())[0]:
            return False
        return any(begin <= now.time() < end for begin, end in self.spans)

    @property
    def text(self) -> str:
        """For people, such as 工作日 09:00-18:00."""
        if self.spans is None:
            return "全天"
        spans = "、".join(f"{begin:%H:%M}-{end:%H:%M}" for begin, end in self.spans)
        return f"{'每天' if self.every_day else '工作日'} {spans}"
