"""Reloading by itself: what is put into use, and when; the server around it is made up."""

import asyncio
from dataclasses import replace
from types import SimpleNamespace

import pytest

from beian.kb import KnowledgeError, load_knowledge
from beian.original import Originals
from beian.server import reload
from beian.server.reload import NOTICE, Reloader

KB = load_knowledge()
OTHER = replace(KB, version="0123456789ab", phone="10000")
UNTRAINED = replace(OTHER, foreign_objects=())


class MadeUp:
    """A server that answers from `assistant.kb`; `made` counts what was made ready."""

    def __init__(self):
        self.settings = SimpleNamespace(procedure=None)
        self.assistant = SimpleNamespace(kb=KB, model_name="m", prepared=self.prepared)
        self.told = []
        self.metrics = SimpleNamespace(build=SimpleNamespace(info=self.told.append))
        self.notices = set()
        self.originals = None
        self.made = 0

    def prepared(self, kb):
        self.made += 1
        return lambda: setattr(self.assistant, "kb", kb)

    def reload(self, *found, at_once=False):
        """The outcomes while kb/ reads as each of these, an error or a knowledge base."""
        reading = iter(found)

        def read():
            one = next(reading)
            if isinstance(one, Exception):
                raise one
            return one

        reloader = Reloader(self, read)

        async def each():
            if at_once:
                return await asyncio.gather(*(reloader.reload() for _ in found))
            return [await reloader.reload() for _ in found]

        return asyncio.run(each())


@pytest.fixture
def server(monkeypatch):
    monkeypatch.setattr(reload, "originals_from", lambda procedure, kb: Originals())
    return MadeUp()


def test_a_new_one_is_put_into_use_with_all_that_goes_with_it(server):
    server.notices = {NOTICE, "procedure"}
    (outcome,) = server.reload(OTHER)
    assert (outcome.result, outcome.version, outcome.faults) == ("taken_up", OTHER.version, ())
    assert server.assistant.kb is OTHER
    assert isinstance(server.originals, Originals)
    assert server.notices == set()
    assert server.told == [{"kb_version": OTHER.version, "model": "m"}]


def test_what_is_wrong_with_the_document_is_told(server, monkeypatch):
    monkeypatch.setattr(reload, "originals_from", lambda procedure, kb: Originals({}, ("x",)))
    (outcome,) = server.reload(OTHER)
    assert outcome.result == "taken_up" and outcome.remarks
    assert server.notices == {"procedure"}


@pytest.mark.parametrize("found", [KnowledgeError(["缺少"]), UNTRAINED], ids=["faults", "needs training"])
def test_nothing_is_made_of_a_refused_one_until_it_is_right_again(server, found):
    refused, unchanged = server.reload(found, KB)
    assert (refused.result, unchanged.result) == ("refused", "unchanged")
    assert refused.version == KB.version and refused.faults
    assert (server.made, server.notices, server.assistant.kb) == (0, set(), KB)
    server.reload(found)
    assert server.notices == {NOTICE}


def test_the_same_again_finds_it_unchanged_though_both_came_at_once(server, monkeypatch):
    async def in_turns(work, *given):
        """What takes a thread's time, with a step of the others before each."""
        await asyncio.sleep(0)
        return work(*given)

    monkeypatch.setattr(reload.asyncio, "to_thread", in_turns)
    outcomes = server.reload(OTHER, OTHER, at_once=True)
    assert [one.result for one in outcomes] == ["taken_up", "unchanged"]
    assert server.made == 1
