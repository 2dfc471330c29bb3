"""When people answer: hours of working days in China or of every day, without the days they are closed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from beian.calendar.today import CHINA
from beian.calendar.working_days import is_working_day
from beian.settings import SettingsError
from beian.text import patterns

DEFAULT = "09:00-18:00"
ALWAYS = "always"
DAILY = "daily "
MOST_SPANS = 6
_LOOKED_AHEAD = timedelta(days=400)
_SPAN = patterns.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)")


class HoursError(ValueError):
    """Hours that cannot be; the text says why, for people."""


@dataclass(frozen=True)
class Closure:
    """Days on which nobody answers, the first and the last among them, and why, for people."""

    first: date
    last: date
    why: str = ""

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Hours:
    """`spans` are (from, to) in China's time; None means always. `every_day` counts holidays in."""

    spans: tuple[tuple[time, time], ...] | None
    every_day: bool = False
    clock: Callable[[], datetime] = lambda: datetime.now(CHINA)
    closures: tuple[Closure, ...] = ()

    @classmethod
    def parse(cls, text: str) -> Hours:
        """Read "09:00-12:00,13:30-18:00" (working days), "daily 08:00-22:00" or "always".

        Raises HoursError.
        """
        text = text.strip()
        if text == ALWAYS:
            return cls(None)
        spans = [_span(part.strip()) for part in text.removeprefix(DAILY).split(",")]
        if len(spans) > MOST_SPANS:
            raise HoursError(f"一天最多 {MOST_SPANS} 段时间")
        return cls(tuple(sorted(spans)), text.startswith(DAILY))

    @classmethod
    def of_setting(cls, text: str | None) -> Hours:
        """The same of BEIAN_DESK_HOURS. Raises SettingsError."""
        try:
            return cls.parse(text or DEFAULT)
        except HoursError as error:
            raise SettingsError(f"BEIAN_DESK_HOURS：{error}") from error

    @property
    def written(self) -> str:
        """What `parse` reads."""
        if self.spans is None:
            return ALWAYS
        return (DAILY if self.every_day else "") + ",".join(map(_span_text, self.spans))

    def closed_on(self, *closures: Closure) -> Hours:
        """The same hours with these days closed."""
        return replace(self, closures=closures)

    def open(self) -> bool:
        """Whether someone is expected to be there now."""
        now = self._now()
        return self._works(now.date()) and (
            self.spans is None or any(begin <= now.time() < end for begin, end in self.spans)
        )

    def next_opening(self) -> datetime | None:
        """When someone is expected to be there next, None while they are there, or where no such time is
        near."""
        if self.open():
            return None
        now = self._now()
        return next((moment for moment in self._openings(now.date()) if moment > now), None)

    def _openings(self, first: date) -> Iterator[datetime]:
        day = first
        while day - first < _LOOKED_AHEAD:
            if self._works(day):
                for begin, _ in self.spans or ((time(0), time.max),):
                    yield datetime.combine(day, begin, CHINA)
            day += timedelta(days=1)

    def _works(self, day: date) -> bool:
        if any(day in closure for closure in self.closures):
            return False
        return self.spans is None or self.every_day or is_working_day(day)[0]

    def _now(self) -> datetime:
        return self.clock().astimezone(CHINA)

    @property
    def text(self) -> str:
        """For people, such as 工作日 09:00-18:00."""
        if self.spans is None:
            return "全天"
        return f"{'每天' if self.every_day else '工作日'} {'、'.join(map(_span_text, self.spans))}"


def _span(part: str) -> tuple[time, time]:
    match = _SPAN.fullmatch(part)
    if match is None:
        raise HoursError(f"“{part}”不像 09:00-18:00 这样的一段时间")
    begin, end = time(int(match[1]), int(match[2])), time(int(match[3]), int(match[4]))
    if begin >= end:
        raise HoursError(f"{part}：开始要早于结束")
    return begin, end


def _span_text(span: tuple[time, time]) -> str:
    return f"{span[0]:%H:%M}-{span[1]:%H:%M}"
