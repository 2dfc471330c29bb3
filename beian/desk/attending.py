"""When people are there: told to customers and desks, and nobody who is gone keeps a conversation."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Mapping, Sequence

from beian.calendar.day_text import moment_text
from beian.contract.customer import Attendance, HoursNow, Staffing
from beian.desk.holding import SWEEP_SECONDS
from beian.desk.parts import Parts
from beian.server.context import Context
from beian.store.database import StoreError

logger = logging.getLogger(__name__)


class Attending(Parts):
    """Looks after who is there, from `start` on."""

    def __init__(self, context: Context, environ: Mapping[str, str] | None = None) -> None:
        super().__init__(context, environ)
        self.sweep_seconds = SWEEP_SECONDS
        self._sweeping: asyncio.Task[None] | None = None
        self._told_open: HoursNow | None = None
        context.staffing = self.staffing_for

    def start(self) -> None:
        """From now on nobody who is gone keeps a conversation."""
        self._sweeping = asyncio.get_event_loop().create_task(self._sweep())

    def stop(self) -> None:
        """Look after nothing any more."""
        if self._sweeping is not None:
            self._sweeping.cancel()

    async def _sweep(self) -> None:
        while True:
            await asyncio.sleep(self.sweep_seconds)
            await self.gone(None)
            await self.tell_hours()

    def staffing(self) -> Attendance:
        """Whether it is the hours of people, which those are, when they begin next, and whether anybody is at
        the desk. Waits for the store."""
        hours = self.opening.hours()
        then = hours.next_opening()
        return {
            "open": hours.open(),
            "hours": hours.text,
            "next": moment_text(then) if then else None,
            "here": self.presence.is_anybody_here(),
        }

    def staffing_for(self, conversation: str) -> Staffing:
        """What a customer is told of it besides: `ahead`, how many have waited longer for a person, and
        `wait`, how many seconds one usually waits; None where that is not known. Waits for the store."""
        ahead, wait = self.records.queue(conversation)
        return {**self.staffing(), "ahead": ahead, "wait": None if wait is None else round(wait)}

    async def tell_hours(self) -> None:
        """Tell every desk whether it is the hours of people, where that is news. A busy store forgives it."""
        with contextlib.suppress(StoreError):
            staffing = await self.threads.read(self.staffing)
            shown = HoursNow(open=staffing["open"], hours=staffing["hours"], next=staffing["next"])
            if shown != self._told_open:
                self._told_open = shown
                self.live.tell_all("hours", shown)

    async def is_here(self, agent: str) -> None:
        """Note that an agent has the desk open. A busy store forgives it."""
        with contextlib.suppress(StoreError):
            await self.threads.write(self.presence.note, agent)

    async def gone(self, names: Sequence[str] | None) -> None:
        """Give back at once what is held by those of `names` (or any) who are gone."""
        try:
            await self.threads.write(self.holding.sweep, names)
        except StoreError as error:
            logger.error("held conversations not looked at", extra={"cause": str(error)})
