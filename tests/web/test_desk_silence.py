"""While a person answers the assistant is silent, whatever happens to the customer's session."""

from __future__ import annotations

import json
import re
import sqlite3
import tarfile
from collections.abc import Iterator
from contextlib import closing
from io import BytesIO
from pathlib import Path

import pytest
from conftest import ROOT, RealServer, Watched, Widget
from desk_page import SETTINGS, Desk, add_accounts, conversation_of, desk
from desk_page import chat as customer_page
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.server]
DOMAINS = ("metadata.json", "components/domain_provider/domain.yml")
NEVER = re.compile(r"(\bsession_expiration_time\"?: )0\b")
AT_ONCE = r"\g<1>0.0005"
"""In minutes: a session is over 30 ms after the customer's last message."""


def short_lived(model: Path, copy: Path) -> Path:
    """A copy of the model whose sessions expire between any two messages."""
    with tarfile.open(model) as old, tarfile.open(copy, "w:gz") as new:
        for member in old.getmembers():
            content = old.extractfile(member)
            data = content.read() if content else b""
            if member.name.endswith(DOMAINS):
                changed, count = NEVER.subn(AT_ONCE, data.decode())
                assert count == 1
                data = changed.encode()
                member.size = len(data)
            new.addfile(member, BytesIO(data))
    return copy


@pytest.fixture(scope="module")
def forgetful(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealServer]:
    """A server whose sessions are always expired when the customer writes again."""
    models = sorted((ROOT / "models").glob("*.tar.gz"), key=lambda path: path.stat().st_mtime)
    if not models:
        pytest.skip("needs a trained model in models/")
    folder = tmp_path_factory.mktemp("silence")
    add_accounts(folder, "li")
    model = short_lived(models[-1], folder / "short-lived.tar.gz")
    server = RealServer(folder, "--model", str(model), settings=SETTINGS)
    yield server
    server.stop()


def events(server: RealServer, conversation: str, kind: str | None = None) -> list[dict[str, object]]:
    """What Rasa has stored of the conversation."""
    with closing(sqlite3.connect(server.folder / "tracker.db")) as database:
        query = "SELECT data FROM events WHERE sender_id = ? ORDER BY id"
        found = [json.loads(data) for (data,) in database.execute(query, (conversation,))]
    return [event for event in found if kind in (None, event["event"])]


def write(chat: Widget, agent: Desk, text: str) -> None:
    """The customer writes, and the agent sees it."""
    chat.input.fill(text)
    chat.input.press("Enter")
    expect(agent.turns.last).to_contain_text(as_kept(text))


def as_kept(text: str) -> str:
    """A leading slash is kept as a character that commands nothing."""
    return f"／{text[1:]}" if text.startswith("/") else text


def reply(chat: Widget, agent: Desk, text: str) -> None:
    """The agent answers, and the customer sees it."""
    agent.page.get_by_label("回复", exact=True).fill(text)
    agent.page.get_by_label("回复", exact=True).press("Enter")
    expect(chat.root.locator(".Row.agent").last).to_contain_text(text)


def test_expiry_and_restart_do_not_wake_the_assistant(watched: Watched, forgetful: RealServer) -> None:
    chat = customer_page(watched, forgetful)
    chat.ask("公司改名了，要准备什么材料")
    chat.ask("审核要多久")
    conversation = conversation_of(chat)
    # Each message began a session of its own: here they do expire.
    assert len(events(forgetful, conversation, "session_started")) == 2
    agent = desk(watched, forgetful)
    agent.open(conversation)
    agent.press("t")
    expect(agent.mode).to_have_text("人工中（我）")
    expect(chat.root.get_by_text("人工客服正在为您服务")).to_be_visible()
    known, answers = events(forgetful, conversation), chat.answers.count()

    write(chat, agent, "过了一夜，还在吗")
    reply(chat, agent, "在的，请讲")
    write(chat, agent, "被驳回了怎么办")
    for text in ("/restart", '/answer{"fact": "timeline.review"}', "/session_start", "重新开始"):
        write(chat, agent, text)
    chat.button("更多").click()
    chat.root.get_by_role("menuitem", name="重新开始").click()
    expect(agent.turns.last).to_contain_text("对话没有重新开始")
    expect(chat.root.get_by_text("对话没有重新开始")).to_be_visible()
    write(chat, agent, "那审核要几天")
    reply(chat, agent, "我看一下，马上回您")
    # Nothing came of the assistant: it has listened, so that the case may have changed, and no more.
    after = events(forgetful, conversation)
    assert after[: len(known)] == known
    assert {event["event"] for event in after[len(known) :]} == {"slot"}
    expect(chat.answers).to_have_count(answers)
    expect(agent.page.locator(".Turn.bot")).to_have_count(answers)

    # Nothing is lost: not for the customer who comes back, nor for the agent.
    written = [
        "公司改名了，要准备什么材料",
        "审核要多久",
        "过了一夜，还在吗",
        "被驳回了怎么办",
        "/restart",
        '/answer{"fact": "timeline.review"}',
        "/session_start",
        "重新开始",
        "那审核要几天",
    ]
    chat.page.reload()
    agent.page.reload()
    kept = [as_kept(text) for text in written]
    expect(chat.questions.locator(".Plain")).to_have_text(kept)
    expect(agent.page.locator(".Turn.user .Turn-text")).to_have_text(kept)
    expect(chat.root.locator(".Row.agent")).to_have_count(2)
    expect(agent.page.locator(".Turn.agent")).to_have_count(2)
    expect(chat.answers).to_have_count(answers)
    expect(agent.page.get_by_label("参考")).to_contain_text("企业 · 主体信息变更")

    agent.press("b")
    expect(agent.mode).to_have_text("助手应答")
    expect(chat.root.get_by_text("由助手继续解答")).to_be_visible()
    # The session is over, the case is not.
    chat.ask("要准备什么材料")
    expect(chat.answers.last).to_contain_text(re.compile("企业.*营业执照", re.DOTALL))
    assert len(events(forgetful, conversation, "session_started")) == 3
