"""What agents did and saw: written once, never changed (the database refuses it)."""

from __future__ import annotations

import time
import unicodedata
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from beian.masking import mask
from beian.store.conversations import ConversationStore
from beian.store.desk_tables import audit

PAGE = 200
NAMES = {
    "login": "登录",
    "login_failed": "登录失败",
    "login_locked": "登录被锁",
    "logout": "退出",
    "logout_everywhere": "在所有设备退出",
    "log_out": "让人退出",
    "password": "改自己的口令",
    "set_password": "重设口令",
    "open": "打开会话",
    "search": "搜索",
    "claim": "接手",
    "transfer": "转给同事",
    "give_back": "回到等待",
    "reply": "回复",
    "hand_back": "交还助手",
    "close": "结束会话",
    "case": "改正情况",
    "note": "写备注",
    "labels": "改标签",
    "numbers": "看统计",
    "export": "导出",
    "delete": "删除会话",
    "add_agent": "建账号",
    "disable": "停用账号",
    "enable": "启用账号",
    "unlock": "解锁账号",
    "role": "改角色",
    "rename": "改名",
    "audit": "看审计记录",
    "hours": "改人工时间",
    "away": "登记不在",
    "back": "结束不在",
    "snippets": "改常用语",
}
"""Every action there is, for people."""
_MOST_DETAIL_CHARACTERS = 300


@dataclass(frozen=True)
class Wanted:
    """Which entries: whose, of which action, from `first` until before `end` (seconds since 1970)."""

    agent: str | None = None
    action: str | None = None
    first: float | None = None
    end: float | None = None


EVERYTHING = Wanted()


def plain_cell(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    # Also full-width signs: some spreadsheets fold them before they look.
    starts = unicodedata.normalize("NFKC", text.lstrip()[:1])
    return f"'{text}" if starts in ("=", "+", "-", "@") or text[:1] in ("\t", "\r", "\n") else text


class Audit:
    """The log; all text in it is masked."""

    def __init__(self, store: ConversationStore) -> None:
        self._store = store

    def note(
        self, agent: str, action: str, conversation: str | None = None, detail: str | None = None
    ) -> None:
        """Add an entry."""
        with self._store.transaction() as connection:
            connection.execute(
                audit.insert().values(
                    at=time.time(),
                    agent=mask(agent)[:64],
                    action=action,
                    conversation=conversation,
                    detail=mask(detail)[:_MOST_DETAIL_CHARACTERS] if detail else None,
                )
            )

    def entries(
        self, wanted: Wanted = EVERYTHING, before: int | None = None, limit: int = PAGE
    ) -> list[dict[str, Any]]:
        """The newest entries first; `before` is the number of the last one of the page before."""
        query = sa.select(audit).order_by(audit.c.n.desc()).limit(limit)
        if wanted.agent is not None:
            query = query.where(audit.c.agent == wanted.agent)
        if wanted.action is not None:
            query = query.where(audit.c.action == wanted.action)
        if wanted.first is not None:
            query = query.where(audit.c.at >= wanted.first)
        if wanted.end is not None:
            query = query.where(audit.c.at < wanted.end)
        if before is not None:
            query = query.where(audit.c.n < before)
        with self._store.reading() as connection:
            return [dict(row._mapping) for row in connection.execute(query)]
