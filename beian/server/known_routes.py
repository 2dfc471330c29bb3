"""Routes for what is known before anybody talks: a session, how the widget is set up, questions, facts."""

from __future__ import annotations

from sanic.request import Request
from sanic.response import HTTPResponse, json

from beian.answers.render import fact_text
from beian.contract import customer as contract
from beian.hearing.noted import vocabulary
from beian.server.bodies import json_object
from beian.server.context import Context
from beian.server.errors import ApiError
from beian.settings import TITLE

_CACHED = {"Cache-Control": "public, max-age=300"}


async def sessions(context: Context, request: Request) -> HTTPResponse:
    """A new session."""
    context.limit("new_sessions", context.address(request))
    json_object(request)
    _, token = context.signer.new_session()
    return json(contract.NewSession(session=token), status=201)


async def config(context: Context, request: Request) -> HTTPResponse:
    """How the widget is set up."""
    kb = context.assistant.kb
    config: contract.Config = {
        "title": TITLE,
        "greeting": kb.phrase("smalltalk", "greet"),
        "starters": [{"title": kb.title_of(fact), "payload": kb.question_of(fact)} for fact in kb.starters],
        "limits": {"text": context.settings.max_text},
        "phone": kb.phone,
        "kb_version": kb.version,
        "vocabulary": vocabulary(kb),
        "titles": {fact.id: fact.title for fact in kb.facts.values()},
    }
    return json(config, headers=_CACHED, ensure_ascii=False)


async def questions(context: Context, request: Request) -> HTTPResponse:
    """The questions that are known, and the facts that answer them."""
    questions = context.assistant.kb.questions
    known = [contract.KnownQuestion(text=text, fact=fact) for text, fact in questions.items()]
    return json(contract.KnownQuestions(questions=known), headers=_CACHED, ensure_ascii=False)


async def fact(context: Context, request: Request, fact: str) -> HTTPResponse:
    """A fact as it is told, and the document's own words where they were given."""
    found = context.assistant.kb.facts.get(fact)
    if found is None:
        raise ApiError("not_found")
    shown: contract.FactText = {
        "fact": found.id,
        "title": found.title,
        "section": found.section_path,
        "layer": found.layer,
        "text": fact_text(found),
        "original": context.originals.lines_of(fact),
    }
    return json(shown, headers=_CACHED, ensure_ascii=False)
