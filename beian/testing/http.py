"""The driver that holds conversations with a running server over its REST webhook."""

from __future__ import annotations

import time
import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

import requests

from beian.testing.turn import Happening, Message, Turn

SEEN_SLOTS = ("change_type", "item", "subject_kind", "rejection_reason")
"""The slots that a reply tells of in `understood`."""
_TRIES = 5


class HttpError(RuntimeError):
    """The server cannot be reached, refuses the request or answers with something else than messages."""


class HttpDriver:
    """Talks to the server at `url`. `today` is the date the server was started with, if it is fixed."""

    name = "http"

    def __init__(
        self, url: str, key: str | None = None, today: date | None = None, seconds: float = 30
    ) -> None:
        self._address = url.rstrip("/") + "/webhooks/rest/webhook"
        self._today, self._seconds = today, seconds
        self._session = requests.Session()
        self._session.trust_env = False
        if key:
            self._session.headers["Authorization"] = f"Bearer {key}"
        self._sender = ""
        self._slots: dict[str, Any] = {}

    def begin(self, slots: Mapping[str, Any], today: date | None) -> str | None:
        """A fresh sender; slots cannot be set from outside, and the date is the server's."""
        if slots:
            return "fixtures 只能在进程内设置"
        if today is not None and today != self._today:
            return f"用例的日期是 {today}，服务的日期要用 --assistant-today 说明"
        self._sender = f"suite-{uuid.uuid4().hex}"
        self._slots = {}
        return None

    def send(self, text: str, metadata: Mapping[str, Any]) -> Turn:
        """One turn, timed from request to response. Raises HttpError."""
        body: dict[str, Any] = {"sender": self._sender, "message": text}
        if metadata:
            body["metadata"] = dict(metadata)
        begun = time.perf_counter()
        response = self._post(body)
        seconds = time.perf_counter() - begun
        messages = tuple(Message.of(raw) for raw in response)
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

    def _post(self, body: dict[str, Any]) -> list[dict[str, Any]]:
        for attempt in range(1, _TRIES + 1):
            try:
                response = self._session.post(self._address, json=body, timeout=self._seconds)
            except requests.RequestException as error:
                raise HttpError(f"{self._address}: {error}") from error
            if response.status_code != 429 or attempt == _TRIES:
                break
            time.sleep(min(float(response.headers.get("Retry-After", 1)), 10.0))
        if response.status_code != 200:
            raise HttpError(f"{self._address}: HTTP {response.status_code} {response.text[:300]}")
        try:
            messages = response.json()
        except ValueError as error:
            raise HttpError(f"{self._address}: the answer is not JSON") from error
        if not isinstance(messages, list):
            raise HttpError(f"{self._address}: the answer is not a list of messages")
        return messages

    def end(self) -> None:
        """Nothing to do: the server ages conversations out by itself."""

    def close(self) -> None:
        """Close the connection."""
        self._session.close()


def _slots(messages: tuple[Message, ...], before: dict[str, Any]) -> dict[str, Any]:
    """The case that the last reply tells of; a reply that understood nothing tells nothing new."""
    for message in reversed(messages):
        told = message.custom.get("understood")
        if told:
            return {name: told[name] for name in SEEN_SLOTS if name in told}
    return before
