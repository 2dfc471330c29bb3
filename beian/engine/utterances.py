"""Collects what the assistant says in one turn: one dict for each utterance, nothing split or dropped."""

from __future__ import annotations

from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel


class UtteranceCollector(CollectingOutputChannel):
    """`messages` holds recipient_id, text, buttons and custom of each utterance, empty ones left out."""

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Take one utterance as it is."""
        kept = {key: message[key] for key in ("text", "buttons", "custom") if message.get(key)}
        if kept:
            self.messages.append({"recipient_id": recipient_id, **kept})
