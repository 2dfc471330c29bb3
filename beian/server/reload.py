"""Take up what has been changed in kb/ while the server runs: all of it, or nothing."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, Literal, Protocol

from beian.engine.assistant import Assistant
from beian.kb import KnowledgeBase, KnowledgeError, read_knowledge
from beian.kb.trained import to_train_again
from beian.original import Originals, faults_text, originals_from
from beian.server.metrics import Metrics
from beian.settings import Settings

logger = logging.getLogger(__name__)

NOTICE = "knowledge"
"""The notice of a server that answers from an earlier state than that of kb/."""

Result = Literal["taken_up", "unchanged", "refused"]


@dataclass(frozen=True)
class Outcome:
    """What came of a reload. `version` is that which is answered from; `faults` why nothing was changed;
    `remarks` what is wrong with the document itself, which stops nothing; `at` when, in seconds since 1970.
    """

    result: Result
    version: str
    at: float
    seconds: float = 0.0
    faults: tuple[str, ...] = ()
    remarks: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return asdict(self)


class Served(Protocol):
    """What there is of a server's that follows its knowledge base, or is told of it."""

    settings: Settings
    assistant: Assistant
    metrics: Metrics
    notices: set[str]
    originals: Originals


class Reloader:
    """Reloads the knowledge base of one server. `since`: from when on it answers from this one, in seconds
    since 1970; `last`: what came of the last reload."""

    def __init__(self, context: Served, read: Callable[[], KnowledgeBase] = read_knowledge) -> None:
        self._context, self._read = context, read
        self._one_at_a_time = asyncio.Lock()
        self.since = time.time()
        self.last = Outcome("unchanged", context.assistant.kb.version, self.since)

    async def reload(self) -> Outcome:
        """Read kb/ anew, check it, make all that answers from it, and only then put it into use."""
        async with self._one_at_a_time:
            begun = time.monotonic()
            kb, faults = await asyncio.to_thread(self._readable)
            if kb is None:
                return self._refused(faults, begun)
            if kb.version == self._context.assistant.kb.version:
                self._context.notices.discard(NOTICE)
                self.last = self._outcome("unchanged", begun)
                return self.last
            use, originals = await asyncio.to_thread(self._made, kb)
            use()
            return self._taken_up(originals, begun)

    def _readable(self) -> tuple[KnowledgeBase | None, tuple[str, ...]]:
        """What can be put into use, or why it cannot."""
        try:
            kb = self._read()
        except KnowledgeError as error:
            return None, tuple(error.problems)
        untrained = to_train_again(kb, self._context.assistant.kb)
        return (None if untrained else kb), tuple(
            f"改了训练要读的部分：{part}，请重新训练并重启（make run）" for part in untrained
        )

    def _made(self, kb: KnowledgeBase) -> tuple[Callable[[], None], Originals]:
        context = self._context
        return context.assistant.prepared(kb), originals_from(context.settings.procedure, kb)

    def _taken_up(self, originals: Originals, begun: float) -> Outcome:
        context, kb = self._context, self._context.assistant.kb
        context.originals = originals
        context.notices.discard(NOTICE)
        (context.notices.add if originals.faults else context.notices.discard)("procedure")
        context.metrics.build.info({"kb_version": kb.version, "model": context.assistant.model_name})
        self.last = self._outcome("taken_up", begun, remarks=faults_text(originals))
        self.since = self.last.at
        logger.info("knowledge base taken up", extra={"kb_version": kb.version, "seconds": self.last.seconds})
        return self.last

    def _refused(self, faults: tuple[str, ...], begun: float) -> Outcome:
        self._context.notices.add(NOTICE)
        self.last = self._outcome("refused", begun, faults=faults)
        logger.error(
            "knowledge base refused",
            extra={"kb_version": self.last.version, "faults": list(faults)},
        )
        return self.last

    def _outcome(
        self, result: Result, begun: float, faults: tuple[str, ...] = (), remarks: str | None = None
    ) -> Outcome:
        version = self._context.assistant.kb.version
        return Outcome(result, version, time.time(), round(time.monotonic() - begun, 1), faults, remarks)
