"""`python -m beian serve`: the server."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from beian.cli.faults import telling_faults


def add_parser(commands: Any) -> None:
    """Declare the command."""
    parser = commands.add_parser("serve", help="serve the assistant and its pages over HTTP")
    parser.add_argument("--host", help="address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=int, help="port to listen on (5005)")
    parser.add_argument("--model", type=Path, help="model file (the newest in models/)")
    parser.add_argument("--var", type=Path, help="folder of the databases and the secret (var/)")
    parser.add_argument("--actions", default="actions", help="package of the custom actions (actions)")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Serve until stopped."""
    from beian.kb import load_knowledge
    from beian.launch import serve
    from beian.settings import from_environment

    with telling_faults():
        load_knowledge()
        settings = from_environment(host=options.host, port=options.port, var=options.var)
        print(f"正在启动，页面地址 http://{settings.host}:{settings.port}/", flush=True)
        serve(settings, options.model, options.begun, actions=options.actions, say=_say)
    return 0


def _say(sentence: str) -> None:
    print(sentence, flush=True)
