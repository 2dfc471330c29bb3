"""The canned replies the team shares, as they are kept."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from beian.contract.desk import Snippet
from beian.masking import mask
from beian.store.conversations import ConversationStore
from beian.store.desk_tables import snippets
from beian.text import patterns
from beian.text.acceptable import readable

VARIABLES = (
    "客户称呼",
    "客服",
    "主体性质",
    "变更类型",
    "变更项",
    "变化日",
    "截止日",
    "区域",
)
"""What may stand between braces. What the case does not say, the agent writes before sending."""
MOST_NAME_CHARACTERS = 30
MOST_SNIPPETS = 200
VARIABLE = patterns.compile(r"\{([^{}]*)\}")


class SnippetError(ValueError):
    """A canned reply cannot be kept; the text says why, for people."""


class Snippets:
    """Reads and writes the canned replies. Waits for the store."""

    def __init__(self, store: ConversationStore, most_characters: int) -> None:
        self._store, self._most_characters = store, most_characters

    def all(self) -> list[Snippet]:
        """Every one, by name."""
        query = sa.select(snippets.c.n, snippets.c.name, snippets.c.text).order_by(snippets.c.name)
        with self._store.reading() as connection:
            return [Snippet(n=row.n, name=row.name, text=row.text) for row in connection.execute(query)]

    def add(self, name: str, text: str, by: str) -> int:
        """Keep another one; its number. Raises SnippetError."""
        values = self._checked(name, text, by)
        with self._store.transaction() as connection:
            count = connection.execute(sa.select(sa.func.count()).select_from(snippets)).scalar() or 0
            if count >= MOST_SNIPPETS:
                raise SnippetError(f"最多 {MOST_SNIPPETS} 条常用语")
            try:
                return int(connection.execute(snippets.insert().values(**values)).inserted_primary_key[0])
            except IntegrityError as error:
                raise _taken(values) from error

    def change(self, number: int, name: str, text: str, by: str) -> bool:
        """Write it anew; False where there is none of this number. Raises SnippetError."""
        values = self._checked(name, text, by)
        with self._store.transaction() as connection:
            try:
                change = snippets.update().where(snippets.c.n == number).values(**values)
                return bool(connection.execute(change).rowcount)
            except IntegrityError as error:
                raise _taken(values) from error

    def remove(self, number: int) -> bool:
        """Take it away; False where there is none of this number."""
        with self._store.transaction() as connection:
            return bool(connection.execute(snippets.delete().where(snippets.c.n == number)).rowcount)

    def _checked(self, name: str, text: str, by: str) -> dict[str, Any]:
        name, text = " ".join(readable(name).split()), readable(text).strip()
        if not 0 < len(name) <= MOST_NAME_CHARACTERS:
            raise SnippetError(f"名称应为 1 到 {MOST_NAME_CHARACTERS} 个字")
        if not 0 < len(text) <= self._most_characters:
            raise SnippetError(f"内容应为 1 到 {self._most_characters} 个字")
        if mask(name) != name or mask(text) != text:
            raise SnippetError("这里有手机号、证件号之类的号码，发出时会遮盖，请去掉")
        unknown = [found for found in VARIABLE.findall(text) if found not in VARIABLES]
        if unknown:
            known = "、".join(f"{{{one}}}" for one in VARIABLES)
            raise SnippetError(f"没有 {{{unknown[0]}}} 这个变量；可以用的：{known}")
        return {"name": name, "text": text, "at": time.time(), "agent": by}


def _taken(values: Mapping[str, Any]) -> SnippetError:
    return SnippetError(f"已有叫“{values['name']}”的常用语")
