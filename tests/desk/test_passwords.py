"""Which passwords are refused, and how many are hashed at once."""

import asyncio
import threading

import pytest

from beian.desk.passwords import PasswordWork, weakness
from beian.server.errors import ApiError
from tests.desk.conftest import PASSWORD

WEAK = [
    "1234567890",
    "0987654321",
    "password12",
    "Password123",
    "PASSWORD!!",
    "abcdabcdab",
    "aaaaaaaaaaaa",
    "1122334455",
    "qwertyuiop",
    "qwerty12345",
    "1qaz2wsx3edc",
    "1q2w3e4r5t",
    "asdfghjkl123",
    "0123456789ab",
    "admin123456",
    "woaini1314",
    "iloveyou1314",
    "beian@2024!!",
    "P@ssw0rd2026",
    "zhangsan2024",
    "ZhangSan123!",
    "13800138000",
    "2024010120",
    "abcabcabcabc",
    "密码密码密码密码密码",
    "管理员1234567",
    "ababababab",
    "zyxwvutsrq",
    "9876543210a",
    "short1!",
    "Xk9#mQ2$v",
    "甲乙丙",
]
STRONG = (
    PASSWORD,
    "another-one-77",
    "gate-river-91",
    "paper-boat-42",
    "Xk9#mQ2$vL",
    "春江潮水连海平海上明月",
)


@pytest.mark.parametrize("password", WEAK)
def test_what_is_guessed_first_is_refused_in_words(password):
    assert "口令" in weakness(password, "zhangsan")


@pytest.mark.parametrize("password", STRONG)
def test_what_nobody_guesses_is_taken(password):
    assert weakness(password, "zhangsan") is None


def test_too_long_a_password_is_refused():
    assert weakness("纸船-lamp-42" * 30)


def test_few_are_hashed_at_once_and_few_wait():
    at_once, most_waiting = 2, 3
    running, most, gate, lock = 0, 0, threading.Event(), threading.Lock()

    def work(number):
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        gate.wait(20)
        with lock:
            running -= 1
        return number

    async def run():
        passwords = PasswordWork(at_once, most_waiting)
        jobs = [asyncio.ensure_future(passwords.run(work, number)) for number in range(5)]
        await asyncio.sleep(0)
        with pytest.raises(ApiError) as refused:
            await passwords.run(work, 9)
        assert (refused.value.code, refused.value.status_code) == ("busy", 503)
        gate.set()
        assert await asyncio.gather(*jobs) == [0, 1, 2, 3, 4]
        assert await passwords.run(work, 6) == 6
        passwords.close()

    asyncio.run(run())
    assert most == at_once


def test_what_fails_makes_room_again():
    def fails():
        raise ValueError

    async def run():
        passwords = PasswordWork(1, 0)
        for _ in range(3):
            with pytest.raises(ValueError):
                await passwords.run(fails)
        passwords.close()

    asyncio.run(run())
