"""The driver that holds conversations with a running server over its REST webhook."""

from __future__ import annotations

import time
import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

import requests

from beian_suite.refused import sentence_of_error, trouble_of
from beian_suite.settings import SECONDS
from beian_suite.turn import Happening, Message, Turn

SEEN_SLOTS = ("change_type", "item", "subject_kind", "rejection_reason")
"""The slots that a reply tells of in `understood`."""
_TRIES = 5
_LONGEST_WAIT = 10.0


class HttpDriver:
    """Talks to the server at `url`. `today` is the date the server was started with, if it is fixed;
    `seconds` how long an answer may take."""

    name = "http"

    def __init__(
        self, url: str, key: str | None = None, today: date | None = None, seconds: float = SECONDS
    ) -> None:
        self._root = url.rstrip("/")
        self._address = self._root + "/webhooks/rest/webhook"
        self._today, self._seconds = today, seconds
        self._session = requests.Session()
        self._session.trust_env = False
        if key:
            # requests sends Latin-1 only; a key of other signs reaches the server and is turned down there.
            self._session.headers["Authorization"] = f"Bearer {key}".encode()  # type: ignore[assignment]
        self._sender = ""
        self._slots: dict[str, Any] = {}

    def begin(self, slots: Mapping[str, Any], today: date | None) -> str | None:
        """A fresh sender; slots cannot be set from outside, and the date is the server's."""
        if slots:
            return "fixtures 经 HTTP 不能设置，只能在进程内"
        if today is not None and today != self._today:
            return f"用例的日期是 {today}，服务的日期要用 --assistant-today 说明"
        self._sender = f"suite-{uuid.uuid4().hex}"
        self._slots = {}
        return None

    def send(self, text: str, metadata: Mapping[str, Any]) -> Turn:
        """One turn, timed from the request that was answered to its response. Raises TroubleError."""
        body: dict[str, Any] = {"sender": self._sender, "message": text}
        if metadata:
            body["metadata"] = dict(metadata)
        said, seconds = self._post(body)
        messages = tuple(Message.of(raw) for raw in said)
        before, self._slots = self._slots, _slots(messages, self._slots)
        changed = [
            Happening("slot", name, self._slots.get(name))
            for name in SEEN_SLOTS
            if self._slots.get(name) != before.get(name)
        ]
        told = [message.custom.get("understood") or {} for message in messages]
        return Turn(
            text=text,
            messages=messages,
            happenings=(*changed, *(Happening("bot", message=message) for message in messages)),
            slots=dict(self._slots),
            ranking=tuple(
                (str(t["intent"]), float(t.get("confidence") or 0)) for t in told if t.get("intent")
            ),
            ms=1000 * seconds,
            sees_actions=False,
            seen_slots=frozenset(SEEN_SLOTS),
        )

    def _post(self, body: dict[str, Any]) -> tuple[list[dict[str, Any]], float]:
        """The messages, and the seconds the last try took: waiting to be let in is not answering."""
        for attempt in range(1, _TRIES + 1):
            begun = time.perf_counter()
            try:
                response = self._session.post(
                    self._address, json=body, timeout=self._seconds, allow_redirects=False
                )
            except (requests.RequestException, UnicodeError) as error:
                raise sentence_of_error(error, self._root, self._seconds) from None
            seconds = time.perf_counter() - begun
            if response.status_code != 429 or attempt == _TRIES:
                break
            time.sleep(_wait_of(response))
        trouble = trouble_of(response, self._address)
        if trouble:
            raise trouble
        return response.json(), seconds

    def universe(self) -> dict[str, list[str]]:
        """The facts and the questions that the server tells of; empty for servers that tell of none."""
        try:
            found = self._session.get(self._root + "/api/questions", timeout=self._seconds).json()[
                "questions"
            ]
            return {
                "facts": list(dict.fromkeys(str(entry["fact"]) for entry in found)),
                "buttons": list(dict.fromkeys(str(entry["text"]) for entry in found)),
            }
        except (requests.RequestException, ValueError, KeyError, TypeError):
            return {}

    def end(self) -> None:
        """Nothing to do: the server ages conversations out by itself."""

    def close(self) -> None:
        """Close the connection."""
        self._session.close()


def _wait_of(response: requests.Response) -> float:
    """Seconds to wait, as the server says; a second where it says nothing that is a number."""
    try:
        return min(max(float(response.headers.get("Retry-After", 1)), 0.0), _LONGEST_WAIT)
    except ValueError:
        return 1.0


def _slots(messages: tuple[Message, ...], before: dict[str, Any]) -> dict[str, Any]:
    """The case that the last reply tells of; a reply that understood nothing tells nothing new."""
    for message in reversed(messages):
        told = message.custom.get("understood")
        if told:
            return {name: told[name] for name in SEEN_SLOTS if name in told}
    return before
