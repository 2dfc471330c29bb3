"""`python -m beian desk …`: the agents' accounts."""

from __future__ import annotations

import argparse
import getpass
import sys
import time
from pathlib import Path
from typing import Any

from beian.cli.faults import telling_faults


def add_parser(commands: Any) -> None:
    """Declare the command and what it can do."""
    parser = commands.add_parser("desk", help="accounts of the agents' desk")
    parser.add_argument("--var", type=Path, help="folder of the databases (var/)")
    parser.set_defaults(run=run)
    jobs = parser.add_subparsers(dest="job", required=True)
    add = jobs.add_parser("add-agent", help="make an account; asks for the password")
    add.add_argument("name")
    add.add_argument("--admin", action="store_true", help="may manage accounts and read the audit log")
    password = jobs.add_parser("password", help="set a new password; ends the agent's sessions")
    password.add_argument("name")
    for one in (add, password):
        one.add_argument("--password-stdin", action="store_true", help="read it from standard input")
    for job, text in (
        ("disable", "shut an agent out at once"),
        ("enable", "let an agent in again"),
        ("unlock", "forget an agent's failed log-ins"),
        ("log-out", "end every session of an agent"),
    ):
        jobs.add_parser(job, help=text).add_argument("name")
    jobs.add_parser("list", help="all accounts")
    audit = jobs.add_parser("audit", help="what agents did and saw, newest first")
    audit.add_argument("--agent")
    audit.add_argument("--most", type=int, default=50)


def run(options: argparse.Namespace) -> int:
    """Do what was asked for; 0, or 1 with the reason."""
    from beian.desk.accounts import Accounts
    from beian.engine.endpoints import databases
    from beian.settings import from_environment
    from beian.store.conversations import ConversationStore
    from beian.store.desk.agents import AccountError
    from beian.store.desk.audit import Audit
    from beian.store.desk_tables import create
    from beian.store.schema.prepare import prepare

    with telling_faults():
        settings = from_environment(var=options.var)
        prepare(databases(settings, {})[:1], "nothing", _say)
        store = ConversationStore(settings.database or settings.var / "conversations.db")
        create(store.engine)
        try:
            _do(options, Accounts(store), Audit(store))
        except AccountError as error:
            print(error, file=sys.stderr)
            return 1
        finally:
            store.close()
    return 0


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr)


def _do(options: argparse.Namespace, accounts: Any, audit: Any) -> None:
    if options.job == "list":
        for agent in accounts.all():
            state = "已停用" if agent.disabled else "可登录"
            print(f"{agent.name}\t{agent.role}\t{state}\t{_day(agent.created)}")
        return
    if options.job == "audit":
        from beian.store.desk.audit import Wanted

        for entry in audit.entries(Wanted(agent=options.agent), limit=options.most):
            parts = (
                _day(entry["at"]),
                entry["agent"],
                entry["action"],
                entry["conversation"],
                entry["detail"],
            )
            print("\t".join(part or "-" for part in parts))
        return
    _change(options, accounts)
    audit.note("(command line)", options.job.replace("-", "_"), detail=options.name)
    print(f"{options.name}：完成")


def _change(options: argparse.Namespace, accounts: Any) -> None:
    name = options.name
    if options.job == "add-agent":
        from beian.store.desk.agents import checked_name

        checked_name(name)
        accounts.add(name, _password(options.password_stdin), "admin" if options.admin else "agent")
    elif options.job == "password":
        accounts.set_password(name, _password(options.password_stdin))
    elif options.job == "unlock":
        accounts.unlock(name)
    elif options.job == "log-out":
        accounts.log_out_everywhere(name)
    else:
        accounts.set_disabled(name, options.job == "disable")


def _password(from_input: bool) -> str:
    from beian.store.desk.agents import AccountError

    if from_input:
        return sys.stdin.readline().rstrip("\r\n")
    given = getpass.getpass("口令：")
    if getpass.getpass("再输一遍：") != given:
        raise AccountError("两次输入的口令不一致")
    return given


def _day(at: float) -> str:
    return time.strftime("%Y-%m-%d %H:%M", time.localtime(at))
