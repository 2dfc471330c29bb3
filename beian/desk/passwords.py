"""What a password must be, and how many are looked at at the same time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from beian.server.errors import ApiError

T = TypeVar("T")

LEAST_CHARACTERS = 10
MOST_CHARACTERS = 256
_LEAST_OF_ITS_OWN = 7
"""Characters that must be left when everything that anybody guesses first counts as one."""
_AT_ONCE = 2
"""Argon2 takes 64 MiB and a core for each."""
_MOST_WAITING = 16
_ROWS = (
    "0123456789",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1qaz2wsx3edc4rfv5tgb",
)
_WORDS = (
    *(
        "password",
        "passw0rd",
        "p@ssword",
        "p@ssw0rd",
        "passwd",
        "letmein",
        "welcome",
        "admin",
        "root",
        "login",
    ),
    *(
        "administrator",
        "master",
        "monkey",
        "dragon",
        "iloveyou",
        "woaini",
        "sunshine",
        "princess",
        "football",
    ),
    *("secret", "test", "guest", "default", "changeme", "hello", "nihao", "zhongguo", "china", "beijing"),
    *("beian", "icp", "kefu", "desk", "agent", "密码", "口令", "管理员", "客服", "备案", "你好", "中国"),
)


def weakness(password: str, name: str = "") -> str | None:
    """What is wrong with a password, as a sentence for people; None when nothing is."""
    if len(password) < LEAST_CHARACTERS:
        return f"口令至少 {LEAST_CHARACTERS} 个字符"
    if len(password) > MOST_CHARACTERS:
        return f"口令最多 {MOST_CHARACTERS} 个字符"
    plain = password.lower()
    if name and name.lower() in plain:
        plain = plain.replace(name.lower(), "\0")
    for word in sorted(_WORDS, key=len, reverse=True):
        plain = plain.replace(word, "\0")
    if _of_its_own(plain) < _LEAST_OF_ITS_OWN:
        return "口令太简单：不要用常见的词、账号名、连续或重复的字符"
    return None


def _of_its_own(text: str) -> int:
    """How much is left when repeats and rows of keys or of the alphabet count as one, and digits half."""
    digits = others = 0
    seen: set[str] = set()
    before = "\0"
    for char in text:
        pair = before + char
        # A pair that has come before repeats something; one that stands in a row goes on in it.
        if char not in (before, "\0") and pair not in seen and not _goes_on(pair):
            digits, others = digits + char.isdigit(), others + (not char.isdigit())
        seen.add(pair)
        before = char
    return min(others + digits // 2, len(set(text)) + 2)


def _goes_on(pair: str) -> bool:
    return any(pair in row or pair[::-1] in row for row in _ROWS)


class PasswordWork:
    """Runs what hashes passwords in threads of its own, a few at once; the others wait, and not too many."""

    def __init__(self, at_once: int = _AT_ONCE, most_waiting: int = _MOST_WAITING) -> None:
        self._threads = ThreadPoolExecutor(at_once, "passwords")
        self._most = at_once + most_waiting
        self._begun = 0

    async def run(self, work: Callable[..., T], *arguments: object) -> T:
        """What the work returns or raises; raises ApiError when too many wait."""
        if self._begun >= self._most:
            raise ApiError("busy", retry_after=2)
        self._begun += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, work, *arguments)
        finally:
            self._begun -= 1

    def close(self) -> None:
        """Begin nothing more."""
        self._threads.shutdown(wait=False, cancel_futures=True)
