"""The desk as agents find it in a browser, and customers who need none."""

from __future__ import annotations

import re
import threading
import uuid
from pathlib import Path
from typing import Any

import httpx
from argon2 import PasswordHasher
from conftest import RealServer, Watched, Widget, full_page
from playwright.sync_api import Locator, Page, expect

from beian.desk.accounts import Accounts
from beian.store import desk_tables as tables
from beian.store import search_index
from beian.store.conversations import ConversationStore
from tests.patience import PATIENCE

PASSWORD = "paper-boat-42"
FREE = "100000,100000"
PATIENCE_MS = int(PATIENCE * 1000)
"""How long a page may take: the machine may be slow, and several browsers are open."""
SETTINGS = {
    "BEIAN_DESK_HOURS": "always",
    **{f"BEIAN_RATE_{name}": FREE for name in ("SESSION", "ADDRESS", "NEW_SESSIONS")},
}
"""What the server of these tests is told: someone is always there, and no limit is in the way."""


def add_accounts(folder: Path, *agents: str) -> None:
    """Accounts of agents, and of the admin "chief", in a fresh data folder."""
    store = ConversationStore(folder / "conversations.db")
    tables.create(store.engine)
    search_index.create(store.engine)
    accounts = Accounts(store, PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    for name in agents:
        accounts.add(name, PASSWORD)
    accounts.add("chief", PASSWORD, "admin")
    store.close()


def be_patient(page: Page) -> None:
    """Wait longer than usual for what this page should show."""
    page.set_default_timeout(PATIENCE_MS)
    expect.set_options(timeout=PATIENCE_MS)


def short_name(conversation: str) -> str:
    """The name of a conversation on the page."""
    return f"访客 {re.sub('[^A-Za-z0-9]', '', conversation)[-4:].upper()}"


class Desk:
    """The page through what an agent finds there."""

    def __init__(self, page: Page, name: str = "li", password: str = PASSWORD) -> None:
        self.page = page
        be_patient(page)
        page.get_by_label("账号").fill(name)
        page.get_by_label("口令", exact=True).fill(password)
        page.keyboard.press("Enter")

    def ready(self) -> Desk:
        self.page.get_by_role("navigation", name="视图").wait_for()
        return self

    def press(self, key: str) -> None:
        """A key outside of every field."""
        self.page.evaluate("document.activeElement instanceof HTMLElement && document.activeElement.blur()")
        self.page.keyboard.press(key)

    def row(self, conversation: str) -> Locator:
        return self.page.locator(f'.Rows button[data-id="{conversation}"]')

    def open(self, conversation: str) -> None:
        self.row(conversation).click()
        expect(self.page.locator(".Talk-head h2")).to_have_text(short_name(conversation))
        # The name stands there at once, the conversation when it is loaded.
        expect(self.mode).to_be_visible()

    def into(self, key: str, field: str, text: str) -> None:
        """Go to a field by its key, and type."""
        self.press(key)
        expect(self.page.locator(field)).to_be_focused()
        self.page.keyboard.type(text)

    @property
    def turns(self) -> Locator:
        return self.page.locator(".Turn")

    @property
    def mode(self) -> Locator:
        return self.page.locator(".Talk-head .Mode")

    @property
    def toast(self) -> Locator:
        return self.page.locator(".Toast")


def desk(watched: Watched, server: RealServer, name: str = "li", **options: Any) -> Desk:
    return Desk(watched.page(f"{server.url}/desk", **options), name).ready()


def chat(watched: Watched, server: RealServer) -> Widget:
    """A customer with the full-page chat."""
    page = watched.page(f"{server.url}/chat")
    be_patient(page)
    return full_page(page)


def conversation_of(chat: Widget) -> str:
    """The conversation a customer's page is in."""
    page = chat.page
    page.wait_for_function("() => localStorage.getItem('beian.session')")
    return str(page.evaluate("localStorage.getItem('beian.session')")).partition(".")[0]


class Customer:
    """A customer without a browser."""

    def __init__(self, server: RealServer) -> None:
        self.http = httpx.Client(base_url=server.url, verify=False, timeout=PATIENCE)
        token = self.http.post("/api/sessions", json={}).json()["session"]
        self.http.headers["X-Session"] = token
        self.id = token.partition(".")[0]

    def send(self, text: str) -> int:
        body = {"client_id": uuid.uuid4().hex, "text": text}
        return int(self.http.post("/api/messages", json=body).json()["id"])

    def ask(self, text: str) -> dict[str, Any]:
        number = self.send(text)
        for _ in range(int(40 * PATIENCE)):
            later = self.http.get("/api/history", params={"after": number}).json()["messages"]
            if later:
                return dict(later[0])
            threading.Event().wait(0.025)
        raise AssertionError(f"no answer to {text}")
