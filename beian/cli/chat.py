"""`python -m beian chat`: talk in the terminal."""

from __future__ import annotations

import argparse
import asyncio
import logging
import secrets
import sys
from pathlib import Path
from typing import Any

from beian.cli.faults import telling_faults
from beian.original import RESTATED


def add_parser(commands: Any) -> None:
    """Declare the command."""
    parser = commands.add_parser("chat", help="talk to the assistant in the terminal")
    parser.add_argument("--model", type=Path, help="model file (the newest in models/)")
    parser.add_argument("--actions", default="actions", help="package of the custom actions (actions)")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Talk until the input ends."""
    with telling_faults():
        asyncio.run(_talk(options.model, options.actions))
    return 0


async def _talk(model: Path | None, actions: str) -> None:
    from beian.engine.assistant import Assistant
    from beian.logs import hide_old_warnings

    logging.basicConfig(level=logging.ERROR)
    hide_old_warnings()
    assistant = await Assistant.load(model, actions=actions)
    print(assistant.kb.phrase("smalltalk", "greet"))
    sender = secrets.token_hex(8)
    choices: list[str] = []
    try:
        while True:
            print("\n> ", end="", flush=True)
            line = await asyncio.to_thread(sys.stdin.readline)
            if not line:
                print()
                return
            typed = line.strip()
            if typed.isdigit() and 0 < int(typed) <= len(choices):
                typed = choices[int(typed) - 1]
            choices = await _answer(assistant, sender, typed)
    finally:
        assistant.close()


async def _answer(assistant: Any, sender: str, text: str) -> list[str]:
    """Print the answer; the payloads of its numbered choices."""
    choices: list[str] = []
    for message in await assistant.reply(sender, text, channel="terminal"):
        print(message.get("text", ""))
        for source in message.get("custom", {}).get("sources", []):
            print(f"    〔{RESTATED}：{source['section']}〕")
        for button in message.get("buttons", []):
            choices.append(button["payload"])
            print(f"    [{len(choices)}] {button['title']}")
    return choices
