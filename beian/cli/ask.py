"""`python -m beian ask "…"`: look an answer up in the terminal."""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import sys
from pathlib import Path
from typing import Any

from beian.cli.faults import telling_faults
from beian.original import RESTATED, Original, Originals


def add_parser(commands: Any) -> None:
    """Declare the command."""
    parser = commands.add_parser("ask", help="look an answer up, as agents do at the desk")
    parser.add_argument("question", help="what a customer would ask, or words from an answer")
    parser.add_argument("--change-type", help="only facts for this change type (id or name)")
    parser.add_argument("--subject-kind", help="only facts for this kind of subject (id or name)")
    parser.add_argument("--most", type=int, default=5, help="how many facts (5)")
    parser.add_argument("--json", action="store_true", help="everything, as JSON")
    parser.add_argument("--model", type=Path, help="model file (the newest in models/)")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print what is found; status 1 when nothing is."""
    from beian.kb import load_knowledge
    from beian.original import faults_text, originals_from
    from beian.settings.answering import document_set

    with telling_faults():
        kb = load_knowledge()
        filters = {}
        for group in ("change_type", "subject_kind"):
            given = getattr(options, group)
            terms = {
                name: term.id for term in kb.terms if term.group == group for name in (term.id, term.name)
            }
            if given is not None and given not in terms:
                print(f"没有“{given}”；可以是：{'、'.join(terms)}", file=sys.stderr)
                return 2
            filters[group] = terms[given] if given else None
        found = asyncio.run(_find(options, filters))
    originals = originals_from(document_set(), kb)
    faults = faults_text(originals)
    if faults:
        print(faults, file=sys.stderr)
    if options.json:
        data = found.as_dict()
        for hit in data["hits"]:
            hit["original"] = originals.lines_of(hit["fact"])
        print(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        _show(found, originals)
    return 0 if found.hits else 1


async def _find(options: argparse.Namespace, filters: dict[str, Any]) -> Any:
    from beian.engine.assistant import Assistant
    from beian.logs import hide_old_warnings
    from beian.lookup.lookup import LookUp
    from beian.text.acceptable import RejectedError

    logging.basicConfig(level=logging.ERROR)
    hide_old_warnings()
    assistant = await Assistant.load(options.model)
    try:
        look_up = LookUp.load(assistant.kb)
        try:
            parsed = await assistant.parse(options.question)
        except RejectedError:
            parsed = None
        return look_up.find(options.question, parsed, most=max(1, options.most), **filters)
    finally:
        assistant.close()


def _show(found: Any, originals: Originals) -> None:
    if found.answer:
        print(f"助手会回答（{found.status}）：\n{found.answer}\n")
    if not found.hits:
        print("没有找到。")
    for number, hit in enumerate(found.hits, 1):
        sure = "按文字找到" if hit.confidence is None else f"把握 {hit.confidence:.0%}"
        print(f"{number}. {hit.title}  [{hit.fact}]  {sure}")
        print("   " + hit.text.replace("\n", "\n   "))
        print(f"   〔{RESTATED}：{hit.section}〕" + (f"  相近的问法：{hit.matched}" if hit.matched else ""))
        if hit.fact in originals.by_fact:
            print("   流程文档原文（«…»是它依据的话）：")
            print("\n".join(f"   │ {line}" for line in _written(originals.by_fact[hit.fact])))


def _written(original: Original) -> list[str]:
    """The lines of an original, with « and » around what is marked."""
    return [
        "".join(f"«{piece.text}»" if piece.marked else piece.text for piece in line)
        for line in original.lines
    ]
