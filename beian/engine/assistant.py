"""The trained assistant in this process: ask it, look at its conversations. No HTTP anywhere."""

from __future__ import annotations

import logging
import os
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from beian.engine.model_file import ModelMissingError, existing_model, newest_model
from beian.engine.parsing import MessageParser
from beian.engine.standing import MAX_CHARACTERS, Standing
from beian.engine.without_tensorflow import keep_tensorflow_out
from beian.kb import KnowledgeBase, load_knowledge, use_knowledge
from beian.logs import keep_rasa_quiet
from beian.masking import mask, mask_value
from beian.meaning.state import Discourse
from beian.settings.answering import caution_from
from beian.supplement.layer import layer_of
from beian.text.acceptable import RejectedError, acceptable

if TYPE_CHECKING:
    from beian.engine.agent import AssistantAgent
    from beian.engine.in_process_actions import InProcessActions
    from beian.engine.locks import ConversationLocks
    from beian.engine.tracker_store import MaskedTrackerStore

logger = logging.getLogger(__name__)


def error_message(kb: KnowledgeBase, phrase: str, **values: str) -> dict[str, Any]:
    """A reply with status "error": the text of errors.<phrase>."""
    custom = {"status": "error", "facts": [], "sources": [], "understood": {}, "kb_version": kb.version}
    return {"text": kb.phrase("errors", phrase, **values), "custom": custom}


def _warm_up_layer(kb: KnowledgeBase) -> None:
    """Build what the second layer is chosen by."""
    layer = layer_of(kb)
    if layer:
        layer.warm_up()


class Assistant(Standing):
    """Answers messages. Build it with `await Assistant.load()`, end it with `close()`."""

    def __init__(
        self,
        agent: AssistantAgent,
        tracker_store: MaskedTrackerStore,
        locks: ConversationLocks,
        actions: InProcessActions,
        kb: KnowledgeBase,
    ) -> None:
        super().__init__(tracker_store, locks, kb, MessageParser(agent))
        self.agent, self.actions = agent, actions

    @classmethod
    async def load(
        cls,
        model: Path | None = None,
        *,
        tracker_store: MaskedTrackerStore | None = None,
        actions: str = "actions",
        kb: KnowledgeBase | None = None,
        tensorflow: bool = False,
        on_action_failure: Callable[[str, str], None] | None = None,
        action_seconds: float | None = None,
    ) -> Assistant:
        """Load `model` (the newest in models/ by default), the actions package, and warm both up.

        Conversations are kept in `tracker_store`, by default in memory. TensorFlow is kept out of the
        process unless `tensorflow` is true (a model with DIET or TED needs it).
        Raises ModelMissingError, KnowledgeError, or SettingsError for a setting that the model reads.
        """
        # Rasa's telemetry calls its vendor, and its crash reports do so as well: off, whatever was set.
        os.environ["RASA_TELEMETRY_ENABLED"] = "false"
        os.environ["SQLALCHEMY_SILENCE_UBER_WARNING"] = "1"
        keep_rasa_quiet()
        if not tensorflow:
            keep_tensorflow_out()
        kb = kb or load_knowledge()
        path = existing_model(model) if model else newest_model()
        # Rasa is imported here and not above: it takes seconds, and only after TensorFlow is left out.
        import threadpoolctl

        from beian.engine.loading import load_agent

        # Looked at here: what a component raises while it is loaded comes out of Rasa without its words.
        caution_from()
        agent, store, locks, endpoint = load_agent(
            path,
            tracker_store,
            actions,
            apology=lambda _name: error_message(assistant.kb, "action_failed"),
            on_failure=on_action_failure,
            seconds=action_seconds,
        )
        # A message's small matrices are faster on one thread, and several would wait for each other.
        threadpoolctl.threadpool_limits(limits=1)
        assistant = cls(agent, store, locks, endpoint, kb)
        await assistant.warm_up()
        return assistant

    @property
    def model_id(self) -> str:
        """The id Rasa gave the model when it was trained."""
        return str(self.agent.model_id)

    @property
    def model_name(self) -> str:
        """The file name of the model."""
        return str(self.agent.model_name)

    async def reply(
        self,
        sender: str,
        text: str,
        metadata: dict[str, Any] | None = None,
        *,
        message_id: str | None = None,
        channel: str = "rest",
    ) -> list[dict[str, Any]]:
        """Answer `text` of the conversation `sender`: one dict for each utterance, never none.

        Messages have recipient_id, text, buttons and custom (docs/reply.md). Personal numbers in the
        text and metadata are masked before anything else sees them. `message_id` identifies the turn in
        the stored events. Raises StoreError when the conversation cannot be read or written.
        """
        from rasa.core.channels.channel import UserMessage

        from beian.engine.utterances import UtteranceCollector

        try:
            plain = acceptable(text, MAX_CHARACTERS)
        except RejectedError as rejected:
            return [{"recipient_id": sender, **self.rejection(rejected)}]
        processor = self.agent.processor
        if processor is None:
            raise ModelMissingError("no model is loaded")
        collector = UtteranceCollector()
        masked = mask(plain)
        # The lock comes first: messages and a restart take effect in the order they arrive.
        async with self.locks.lock(sender), self._parser.understood(masked) as alone:
            parse_data = self._parser.read(alone, await self.discourse(sender))
            message = UserMessage(
                masked,
                collector,
                sender,
                parse_data=parse_data,
                input_channel=channel,
                message_id=message_id or uuid.uuid4().hex,
                metadata=mask_value(metadata or {}),
            )
            await processor.handle_message(message)
        if not collector.messages:
            logger.error("turn without an answer", extra={"message_id": message.message_id})
            collector.messages.append(error_message(self.kb, "action_failed"))
        return [{**said, "recipient_id": sender} for said in collector.messages]

    def rejection(self, rejected: RejectedError) -> dict[str, Any]:
        """The kind reply to a text that is not handed to the assistant."""
        return error_message(self.kb, rejected.phrase, limit=str(MAX_CHARACTERS))

    async def parse(self, text: str, state: Discourse | None = None) -> dict[str, Any]:
        """What the pipeline understands after `state`: Rasa's parse data, with the keys "understanding" of
        beian.nlu and "meaning" of beian.meaning."""
        return await self._parser.parse(mask(acceptable(text, MAX_CHARACTERS)), state)

    async def warm_up(self) -> None:
        """Parse once: jieba and the encoder load lazily, and the first customer should not wait for it.

        What the second layer is chosen by is built as well.
        """
        await self.parse(self.kb.facts[self.kb.starters[0]].question)
        _warm_up_layer(self.kb)

    def prepared(self, kb: KnowledgeBase) -> Callable[[], None]:
        """Make all that is needed to answer from `kb`, whose trained parts are those of the one in use; may
        run in any thread. What is returned puts it into use, at once and as a whole, in the loop's thread."""
        reading = self._parser.reading
        reader = reading.reader_for(kb) if reading is not None else None
        _warm_up_layer(kb)

        def use() -> None:
            use_knowledge(kb)
            if reading is not None:
                reading.use(kb, reader)
            self.kb = kb

        return use

    def close(self) -> None:
        """Stop the threads of the actions."""
        self.actions.close()
