"""Accounts: hashing, lock-out, sessions and their ends, the audit log's permanence."""

import io
import sys
import threading

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from beian.__main__ import main
from beian.desk.accounts import Accounts
from beian.store import desk_tables as tables
from beian.store.conversations import ConversationStore
from beian.store.desk import sessions as module
from beian.store.desk.agents import AccountError
from beian.store.desk.audit import Audit
from beian.store.desk.lockout import LOCKED_SECONDS, MOST_FAILURES, LockedError, Place
from tests.desk.conftest import FAST, PASSWORD
from tests.patience import PATIENCE


class Clock:
    now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def store(tmp_path):
    store = ConversationStore(tmp_path / "conversations.db")
    tables.create(store.engine)
    yield store
    store.close()


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def accounts(store, clock):
    accounts = Accounts(store, FAST, clock, monotonic=clock)
    accounts.add("李敏", PASSWORD)
    return accounts


def test_passwords_are_stored_as_argon2_alone(accounts, tmp_path):
    content = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"$argon2id$" in content
    assert PASSWORD.encode() not in content


def test_log_in_and_out(accounts):
    agent, secret = accounts.log_in("李敏", PASSWORD)
    session = accounts.session(secret)
    assert (session.agent, agent.role) == (agent, "agent")
    assert accounts.session(secret + "x") is None
    accounts.log_out(session)
    assert accounts.session(secret) is None
    assert not accounts.is_open(session)


def test_log_out_everywhere(accounts):
    secrets = [accounts.log_in("李敏", PASSWORD)[1] for _ in range(3)]
    accounts.add("a.b", PASSWORD)
    other = accounts.log_in("a.b", PASSWORD)[1]
    assert accounts.log_out_everywhere("李敏") == 3
    assert [accounts.session(secret) for secret in secrets] == [None] * 3
    assert accounts.session(other) is not None


@pytest.mark.parametrize("name", ["李敏", "nobody"])
def test_lock_out_also_for_names_that_do_not_exist(accounts, clock, name):
    for _ in range(MOST_FAILURES):
        assert accounts.log_in(name, "wrong") is None
    with pytest.raises(LockedError) as locked:
        accounts.log_in(name, PASSWORD)
    assert 0 < locked.value.seconds <= LOCKED_SECONDS
    clock.now += LOCKED_SECONDS + 1
    assert (accounts.log_in(name, PASSWORD) is not None) == (name == "李敏")


def test_the_right_password_counts_where_nobody_guesses(accounts):
    here, there = Place("address 203.0.113.9"), Place("device x", is_known=True)
    for _ in range(MOST_FAILURES):
        assert accounts.log_in("李敏", "wrong", here) is None
    with pytest.raises(LockedError):
        accounts.log_in("李敏", PASSWORD, here)
    assert accounts.log_in("李敏", PASSWORD, there)
    accounts.unlock("李敏")
    assert accounts.log_in("李敏", PASSWORD, here)


def test_a_new_password_ends_the_locks(accounts):
    for _ in range(MOST_FAILURES):
        accounts.log_in("李敏", "wrong")
    accounts.set_password("李敏", "another-one-77")
    assert accounts.log_in("李敏", "another-one-77")


@pytest.mark.parametrize("job", ["unlock", "log_out_everywhere"])
def test_jobs_for_names_that_do_not_exist_say_so(accounts, job):
    with pytest.raises(AccountError, match="没有名为 nobody 的账号"):
        getattr(accounts, job)("nobody")


def test_attempts_at_the_same_time_all_count(store):
    class Slow:
        """A hasher that lets nobody finish before all have begun."""

        barrier = threading.Barrier(MOST_FAILURES + 1, timeout=PATIENCE)

        def hash(self, password):
            return FAST.hash(password)

        def verify(self, hashed, password):
            Slow.barrier.wait()
            return FAST.verify(hashed, password)

        def check_needs_rehash(self, hashed):
            return False

    accounts = Accounts(store, Slow())
    accounts.add("李敏", PASSWORD)
    outcomes = []

    def attempt():
        try:
            outcomes.append(accounts.log_in("李敏", "wrong"))
        except LockedError:
            outcomes.append("locked")
            Slow.barrier.wait()

    threads = [threading.Thread(target=attempt) for _ in range(MOST_FAILURES + 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count(None) == MOST_FAILURES
    assert outcomes.count("locked") == 1


def test_success_forgets_the_failures(accounts):
    for _ in range(3):
        for _ in range(MOST_FAILURES - 1):
            accounts.log_in("李敏", "wrong")
        assert accounts.log_in("李敏", PASSWORD)


def test_sessions_end_by_themselves(accounts, clock):
    _, secret = accounts.log_in("李敏", PASSWORD)
    for _ in range(2):
        clock.now += module.IDLE_SECONDS - 1
        assert accounts.session(secret)
    clock.now += module.IDLE_SECONDS + 1
    assert accounts.session(secret) is None
    _, secret = accounts.log_in("李敏", PASSWORD)
    for _ in range(int(module.LONGEST_SECONDS // 3600)):
        clock.now += 3600
        accounts.session(secret)
    clock.now += 1
    assert accounts.session(secret) is None


def test_a_disabled_agent_is_out_at_once(accounts):
    _, secret = accounts.log_in("李敏", PASSWORD)
    accounts.set_disabled("李敏", True)
    assert accounts.session(secret) is None
    assert accounts.log_in("李敏", PASSWORD) is None
    assert not accounts.exist()
    accounts.set_disabled("李敏", False)
    assert accounts.log_in("李敏", PASSWORD)


def test_a_new_password_ends_the_sessions(accounts):
    _, secret = accounts.log_in("李敏", PASSWORD)
    accounts.set_password("李敏", "another-one-77")
    assert accounts.session(secret) is None
    assert accounts.log_in("李敏", PASSWORD) is None
    assert accounts.log_in("李敏", "another-one-77")


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("", PASSWORD),
        ("a" * 33, PASSWORD),
        ("a b", PASSWORD),
        ("a<b", PASSWORD),
        ("李敏", PASSWORD),
        ("x", "short"),
        ("x", "a" * 30),
        ("x", "1234567890"),
        ("wangxiaoming", "wangxiaoming12"),
    ],
)
def test_bad_accounts_are_refused(accounts, name, password):
    with pytest.raises(AccountError):
        accounts.add(name, password)


@pytest.mark.parametrize(
    "change",
    [
        tables.audit.delete(),
        tables.audit.update().values(agent="x"),
        sa.text("INSERT OR REPLACE INTO desk_audit (n, at, agent, action) VALUES (1, 0, 'x', 'login')"),
    ],
)
def test_the_audit_log_cannot_be_changed(store, change):
    audit = Audit(store)
    audit.note("李敏", "search", detail="13800138000 的会话")
    with pytest.raises(IntegrityError), store.transaction() as connection:
        connection.execute(change)
    entry = audit.entries()[0]
    assert (entry["agent"], entry["action"]) == ("李敏", "search")
    assert "13800138000" not in entry["detail"]


def test_the_command(tmp_path, monkeypatch, capsys):
    def run(*words, text=""):
        monkeypatch.setattr(sys, "stdin", io.StringIO(text))
        return main(["desk", "--var", str(tmp_path), *words])

    assert run("add-agent", "主管", "--admin", "--password-stdin", text=f"{PASSWORD}\n") == 0
    assert run("add-agent", "李敏", "--password-stdin", text="short\n") == 1
    assert "10" in capsys.readouterr().err
    assert run("add-agent", "主管", "--password-stdin", text=f"{PASSWORD}\n") == 1
    for job in ("disable", "enable", "unlock", "log-out"):
        assert run(job, "nobody") == 1
    capsys.readouterr()
    assert run("list") == 0
    assert capsys.readouterr().out.startswith("主管\tadmin\t可登录")
    assert run("disable", "主管") == 0
    assert run("audit") == 0
    assert "disable" in capsys.readouterr().out


def test_what_is_typed_as_a_name_is_not_stored(accounts, tmp_path):
    for typed in ("13971301234", "我的口令是蓝色大门", "x" * 70):
        for _ in range(MOST_FAILURES):
            assert accounts.log_in(typed, "wrong") is None
        with pytest.raises(LockedError):
            accounts.log_in(f" {typed} ", "wrong")
        content = b"".join(path.read_bytes() for path in tmp_path.iterdir())
        assert typed[:64].encode() not in content
        with pytest.raises(AccountError):
            accounts.unlock(typed)
