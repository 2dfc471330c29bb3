"""What the assistant knows of a conversation, for the agents: the case, what it would say, what is open."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from typing import Any

from beian.answers.case import case_parts, case_text
from beian.answers.render import fact_text
from beian.calendar.today import today_in_china
from beian.contract.desk import MOST_SUGGESTIONS, Case, Suggestion
from beian.dialogue.handoff import summary_of
from beian.engine.assistant import Assistant
from beian.lookup.found import Found, Hit
from beian.lookup.lookup import LookUp
from beian.meaning.state import Discourse
from beian.server.errors import ApiError
from beian.store.conversations import ConversationStore
from beian.store.records import Message
from beian.text.acceptable import RejectedError

MOST_QUESTIONS_BACK = 4
LEAST = 0.1
"""How likely the understanding has to hold a fact for it to be suggested."""
ASKING = ("answered", "clarify", "uncovered", "out_of_scope")
"""What the assistant would say to a question; it says something else to 谢谢 or 在吗."""
LOOKED_BACK = 40
_MOST_KEPT = 512


class Advice:
    """Looks things up and proposes replies, in the state of a conversation or in none."""

    def __init__(self, assistant: Assistant, store: ConversationStore) -> None:
        self._assistant, self._store = assistant, store
        self._look_up: LookUp | None = None
        self._found: OrderedDict[tuple[Any, ...], Found] = OrderedDict()

    async def state(self, conversation: str) -> Discourse:
        """Where the conversation stands for the assistant: the case, what it stated last."""
        return await self._assistant.discourse(conversation)

    async def case(self, conversation: str) -> Case:
        """The customer's case for people."""
        kb = self._assistant.kb
        state = await self.state(conversation)
        return {
            "text": case_text(state, kb),
            "parts": case_parts(state),
            "summary": summary_of(state, kb),
        }

    async def warm_up(self) -> None:
        """Build the look-up's index off the event loop: before the first agent types, and anew for a
        knowledge base that has come into use since."""
        kb = self._assistant.kb
        if self._look_up is None or self._look_up.kb is not kb:
            build = LookUp.load if self._look_up is None else self._look_up.with_knowledge
            self._look_up = await asyncio.get_event_loop().run_in_executor(None, build, kb)
            self._found.clear()

    async def look_up(
        self,
        query: str,
        change_type: str | None = None,
        subject_kind: str | None = None,
        most: int = 8,
        state: Discourse | None = None,
    ) -> Found:
        """The facts for a query, understood as a customer's message would be, after `state` if given."""
        await self.warm_up()
        assert self._look_up is not None
        today = today_in_china()
        # Whoever types or corrects asks the same again, and so does every suggestion in a conversation.
        key = (query, change_type, subject_kind, most, state, today)
        if key in self._found:
            self._found.move_to_end(key)
            return self._found[key]
        try:
            parsed = await self._assistant.parse(query, state) if query.strip() else None
        except RejectedError:
            parsed = None
        found = self._look_up.find(
            query,
            parsed,
            change_type=change_type,
            subject_kind=subject_kind,
            state=state,
            today=today,
            most=most,
        )
        self._found[key] = found
        if len(self._found) > _MOST_KEPT:
            self._found.popitem(last=False)
        return found

    async def suggestions(self, conversation: str) -> list[Suggestion]:
        """Up to three replies to what the customer asked last, in the customer's case."""
        state = await self.state(conversation)
        found = await self._about_last_question(conversation, state)
        if found is None:
            return []
        offered = [_suggestion(hit, hit.text) for hit in found.hits]
        if found.answer and found.status in ("answered", "uncovered"):
            # The assistant's own answer first: it may join facts or work a day out.
            stated = [hit for hit in found.hits if hit.by == "answer"]
            offered = [_suggestion(hit, hit.text) for hit in found.hits if hit not in stated]
            offered.insert(0, _answer(found, stated[0] if stated else None))
        # What is hardly likely helps nobody: the page offers a look-up instead.
        offered = [one for one in offered if one["confidence"] is None or one["confidence"] >= LEAST]
        return (offered + self._what_comes_next(offered, state))[:MOST_SUGGESTIONS]

    def _what_comes_next(self, offered: list[Suggestion], state: Discourse) -> list[Suggestion]:
        """The facts that follow those offered and are for this case, where too few are found."""
        facts = self._assistant.kb.facts
        known = [entry["fact"] for entry in offered if entry["fact"]]
        given = {"change_type": state.focus.change_type, "subject_kind": state.focus.subject_kind}
        following = dict.fromkeys(after for fact in known for after in facts[fact].next if after not in known)
        return [
            _entry(fact.id, fact.title, fact_text(fact), None, fact.section_path)
            for fact in map(facts.__getitem__, following)
            if all(given.get(name) in (None, value) for name, value in fact.when.items())
        ]

    async def _about_last_question(self, conversation: str, state: Discourse) -> Found | None:
        """What is found for the newest message that asks something: 转人工 or 在吗 asks nothing."""
        said = await self._store.threads.read(self.said_last, conversation)
        asked = [message.text for message in said if message.author == "user"]
        second_best = None
        for text in reversed(asked[-MOST_QUESTIONS_BACK:]):
            found = await self.look_up(text, state.focus.change_type, state.focus.subject_kind, state=state)
            if found.status in ASKING and (found.hits or found.status == "uncovered"):
                return found
            second_best = second_best or (found if found.hits else None)
        return second_best

    async def open_questions(self, conversation: str) -> list[Message]:
        """What the customer has asked a person and nobody has answered, oldest first."""
        said = await self._store.threads.read(self.said_last, conversation)
        answers = [at for at, message in enumerate(said) if message.author in ("agent", "bot")]
        after = said[answers[-1] + 1 :] if answers else said
        state = await self.state(conversation)
        asked = [message for message in after if message.author == "user"][-MOST_QUESTIONS_BACK:]
        return [
            message for message in asked if (await self.look_up(message.text, state=state)).status in ASKING
        ]

    async def summary(self, conversation: str) -> str:
        """The conversation in one line for the record: the case, the facts asked about, and who said how
        much. Nothing in it is made up; "" where there is nothing to say."""
        about = (await self.case(conversation))["summary"]
        said = await self._store.threads.read(self.said_last, conversation)
        by_person = sum(message.author == "agent" for message in said)
        parts = [about, f"客服回复 {by_person} 条" if by_person else ""]
        return "；".join(part for part in parts if part)

    def said_last(self, conversation: str) -> list[Message]:
        """The newest messages; waits for the store. Raises ApiError."""
        state = self._store.conversation(conversation)
        if state is None:
            raise ApiError("not_found")
        return self._store.messages(conversation, max(0, state.last_id - LOOKED_BACK))


def _answer(found: Found, stated: Hit | None) -> Suggestion:
    """The assistant's own answer as a suggestion."""
    assert found.answer is not None
    if stated is not None:
        return _suggestion(stated, found.answer)
    source = found.sources[0] if found.sources else None
    if found.status == "uncovered" or source is None:
        return _entry(
            None, "文档没有说明" if found.status == "uncovered" else "助手的回答", found.answer, None, None
        )
    return _entry(None, source["title"], found.answer, None, source["section"])


def _suggestion(hit: Hit, text: str) -> Suggestion:
    return _entry(hit.fact, hit.title, text, hit.confidence, hit.section)


def _entry(
    fact: str | None, title: str, text: str, confidence: float | None, section: str | None
) -> Suggestion:
    return {"fact": fact, "title": title, "text": text, "confidence": confidence, "section": section}
