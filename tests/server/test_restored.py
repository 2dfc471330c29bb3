"""Either database is lost or restored, in any order: no question gets another one's answer."""

import asyncio
import shutil
import sqlite3
import uuid
from contextlib import closing

import pytest

from beian.store.records import Draft
from tests.server.test_hub import FakeAssistant, accept, make_hub, said, store, until  # noqa: F401 - a fixture

FILES = ("conversations.db", "tracker.db")


def backup(var, into):
    """A copy of each database, made while it is used, one after the other."""
    into.mkdir()
    for name in FILES:
        with (
            closing(sqlite3.connect(var / name)) as whole,
            closing(sqlite3.connect(into / name)) as copy,
        ):
            whole.backup(copy)


def lose(var, name):
    for file in var.glob(f"{name}*"):
        file.unlink()


def ask(server, headers, *texts):
    """What is answered to each of the texts; answers quote their questions."""
    answers = []
    for text in texts:
        before = server.history(headers)
        after = before[-1]["id"] if before else 0
        assert server.send(headers, text, uuid.uuid4().hex).status_code == 202
        question, answer = server.history(headers, 2, after=after)
        assert (question["text"], answer["author"]) == (text, "bot")
        answers.append(answer["text"])
    return answers


@pytest.mark.parametrize("lost", FILES)
@pytest.mark.parametrize("how", ["lost", "restored"])
def test_no_question_gets_the_answer_to_another(make_server, tmp_path, lost, how):
    var, kept = tmp_path / "var", tmp_path / "backup"
    first = make_server(var=var)
    headers = first.session()
    ask(first, headers, "甲一")
    backup(var, kept)
    ask(first, headers, "甲二", "甲三", "甲四")
    first.close()
    lose(var, lost)
    if how == "restored":
        shutil.copy(kept / lost, var / lost)
    second = make_server(var=var)
    for text in ("乙一", "乙二", "乙三", "乙四", "乙五"):
        [answer] = ask(second, headers, text)
        assert text in answer
        assert "甲" not in answer
    second.close()


def test_one_after_the_other(make_server, tmp_path):
    var, kept = tmp_path / "var", tmp_path / "backup"
    headers, texts = None, iter("子丑寅卯辰巳午未申酉戌亥")
    for lost in (None, "conversations.db", "tracker.db", "conversations.db", "tracker.db"):
        if lost is not None:
            lose(var, lost)
            shutil.copy(kept / lost, var / lost)
        server = make_server(var=var)
        headers = headers or server.session()
        for place in range(2):
            text = next(texts)
            [answer] = ask(server, headers, f"问{text}")
            assert f"问{text}" in answer
            if lost is None and place == 0:
                backup(var, kept)
        server.close()


def test_a_turn_has_a_name_of_its_own_and_keeps_it_until_it_is_answered(store):  # noqa: F811
    for conversation in ("w-1", "w-2"):
        accept(store, "一", "二", conversation=conversation)
    names = [store.question(name, number).turn for name in ("w-1", "w-2") for number in (1, 2)]
    assert len(set(names)) == 4
    assert names == [store.question(name, number).turn for name in ("w-1", "w-2") for number in (1, 2)]
    store.answer("w-1", 1, [Draft("bot", "答")])
    assert store.question("w-1", 1) is None
    assert store.question("w-1", 9) is None


def test_the_answer_given_under_the_questions_name_is_repeated(store):  # noqa: F811
    class Remembering(FakeAssistant):
        def stored_events(self, sender, message_id):
            known = {"event": "bot", "text": "schon gesagt"}
            return [known] if message_id == name else []

    async def run():
        hub = make_hub(store, Remembering())
        for number in numbers:
            hub.enqueue("w-1", number)
        await until(lambda: not hub.waiting)
        return hub.assistant.asked

    numbers = accept(store, "一", "二")
    name = store.question("w-1", numbers[0]).turn
    assert asyncio.run(run()) == ["二"]
    assert said(store) == ["schon gesagt", "答二"]
