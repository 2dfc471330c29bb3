"""A small server that speaks docs/api.md with scripted answers, for states the real one is seldom in.

It serves the built pages under the real security headers. Tests tell it what to answer, make it slow,
break its connections, stop it and start it again on the same port with its conversations kept.
"""

from __future__ import annotations

import itertools
import json
import queue
import socket
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from beian.answers.case import case_text
from beian.hearing.noted import vocabulary
from beian.answers.render import fact_text
from beian.answers.reply import answered, uncovered
from beian.kb import KnowledgeBase, load_knowledge
from beian.meaning.state import Discourse, Matter
from beian.original import Originals
from beian.server.pages import PAGES
from beian.server.security import content_security_policy, embedding_headers
from beian.settings import Settings

TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".html": "text/html"}
Script = Callable[[str], "dict[str, Any] | None"]


class Talk:
    """One session's conversation."""

    def __init__(self) -> None:
        self.messages: list[dict[str, Any]] = []
        self.mode = "bot"
        self.noted: dict[str, Any] = {}
        """What the page around the widget said of the matter."""
        self.streams: list[queue.Queue[tuple[str, dict[str, Any], int | None] | None]] = []
        self.lock = threading.RLock()

    def add(self, author: str, text: str, **more: Any) -> dict[str, Any]:
        with self.lock:
            at = more.pop("at", None) or time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
            message = {"id": len(self.messages) + 1, "at": at, "author": author, "text": text, **more}
            self.messages.append(message)
            self.tell("message", message, message["id"])
        return message

    def tell(self, event: str, data: dict[str, Any], number: int | None = None) -> None:
        for stream in list(self.streams):
            stream.put((event, data, number))


class StandIn:
    """The server and what tests can do to it."""

    def __init__(self, port: int = 0, frame_ancestors: str = "'self'") -> None:
        self.kb: KnowledgeBase = load_knowledge()
        self.originals = Originals()
        self.talks: dict[str, Talk] = {}
        self.delay = 0.02
        self.fail: dict[str, tuple[int, int]] = {}
        """Path → (status, how many more times): answers a request with that error."""
        self.script: Script = lambda text: None
        self.requests: list[tuple[str, str]] = []
        self.satisfaction: list[int] = []
        self.staffing: dict[str, Any] = {"open": True, "hours": "全天", "next": None, "here": True}
        self.queue: dict[str, int | None] = {"ahead": 0, "wait": None}
        self.frame_ancestors = frame_ancestors
        self.extra_pages: dict[str, tuple[str, dict[str, str]]] = {}
        self._numbers = itertools.count(1)
        self._server: ThreadingHTTPServer | None = None
        self.port = port
        self.start()

    # --- life ------------------------------------------------------------------------------------

    def start(self) -> None:
        stand_in = self

        class Handler(_Handler):
            owner = stand_in

        self._server = _Server(("127.0.0.1", self.port), Handler)
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self) -> None:
        """End the process, as it were: nothing listens, open connections break."""
        if self._server is None:
            return
        self._server.shutdown()
        self._server.server_close()
        self.break_streams()
        self._server.cut()
        self._server = None

    def break_streams(self) -> None:
        for talk in self.talks.values():
            for stream in list(talk.streams):
                stream.put(None)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def talk(self) -> Talk:
        """The newest conversation."""
        return list(self.talks.values())[-1]

    def set_mode(self, mode: str) -> None:
        self.talk.mode = mode
        self.talk.tell("mode", {"mode": mode})

    # --- answering -----------------------------------------------------------------------------

    def reply(self, text: str) -> dict[str, Any] | None:
        scripted = self.script(text)
        if scripted is not None:
            return scripted or None
        fact = self.kb.questions.get(text)
        if fact in self.kb.facts:
            found = self.kb.facts[fact]
            matter = Matter(**{k: v for k, v in found.when.items() if k in Matter.__dataclass_fields__})
            state = Discourse(focus=matter, reason=found.when.get("rejection_reason"))
            understood = {"case_text": case_text(state, self.kb)}
            return answered([fact], state, self.kb).as_message(understood, self.kb)
        return uncovered("fees", self.kb).as_message({}, self.kb)

    def accept(self, token: str, client_id: str, text: str) -> int:
        talk = self.talks[token]
        with talk.lock:
            for message in talk.messages:
                if message.get("client_id") == client_id:
                    return message["id"]
            message = talk.add("user", text, client_id=client_id)
        if talk.mode == "bot":
            threading.Thread(target=self._answer, args=(talk, text), daemon=True).start()
        return message["id"]

    def _answer(self, talk: Talk, text: str) -> None:
        talk.tell("typing", {"on": True})
        time.sleep(self.delay)
        said = self.reply(text)
        if said is not None:
            talk.add("bot", **said)
        talk.tell("typing", {"on": False})

    def open_session(self) -> str:
        token = f"session-{next(self._numbers)}"
        self.talks[token] = Talk()
        return token


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, *arguments: Any) -> None:
        self.open: set[socket.socket] = set()
        super().__init__(*arguments)

    def process_request(self, request: Any, client_address: Any) -> None:
        self.open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self.open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Broken connections are what tests make."""

    def cut(self) -> None:
        for connection in list(self.open):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    owner: StandIn

    def log_message(self, *arguments: Any) -> None:
        """Tests print what they need themselves."""

    def _send(self, status: int, body: bytes, kind: str, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        given = {"Content-Security-Policy": content_security_policy(self.owner.frame_ancestors), **headers}
        for name, value in given.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        self.wfile.write(body)

    def _json(self, data: Any, status: int = 200) -> None:
        self._send(status, json.dumps(data, ensure_ascii=False).encode(), "application/json")

    def _error(self, status: int, message: str) -> None:
        self._json({"error": {"code": "test", "message": message}}, status)

    def _failed(self, path: str) -> bool:
        status, times = self.owner.fail.get(path, (0, 0))
        if times <= 0:
            return False
        self.owner.fail[path] = (status, times - 1)
        self._error(status, "现在排队的人较多，请稍后再试。")
        return True

    def _talk(self) -> Talk | None:
        talk = self.owner.talks.get(self.headers.get("X-Session", ""))
        if talk is None:
            self._error(401, "会话无效，请重新打开对话。")
        return talk

    def do_GET(self) -> None:
        path, _, query = self.path.partition("?")
        self.owner.requests.append(("GET", path))
        if path in self.owner.extra_pages:
            html, headers = self.owner.extra_pages[path]
            return self._send(200, html.encode(), "text/html", **headers)
        name = PAGES.get(path) or (path.removeprefix("/static/") if path.startswith("/static/") else None)
        if name:
            file = Settings().static / name
            if not file.is_file():
                return self._error(404, "没有这个地址或内容。")
            own = {key.replace("-", "_"): value for key, value in embedding_headers(path).items()}
            return self._send(200, file.read_bytes(), TYPES[file.suffix], **own)
        if self._failed(path):
            return None
        return self._api_get(path, query)

    def _api_get(self, path: str, query: str) -> None:
        kb = self.owner.kb
        if path == "/api/config":
            starters = [{"title": kb.title_of(f), "payload": kb.question_of(f)} for f in kb.starters]
            greeting = kb.phrase("smalltalk", "greet")
            config = {"title": "备案变更助手", "greeting": greeting, "starters": starters}
            more = {"phone": kb.phone, "kb_version": kb.version, "vocabulary": vocabulary(kb)}
            more["titles"] = {fact.id: fact.title for fact in kb.facts.values()}
            return self._json({**config, "limits": {"text": 2000}, **more})
        if path == "/api/questions":
            return self._json({"questions": [{"text": t, "fact": f} for t, f in kb.questions.items()]})
        if path.startswith("/api/facts/"):
            fact = kb.facts.get(path.rpartition("/")[2])
            if fact is None:
                return self._error(404, "没有这个地址或内容。")
            shown = {"fact": fact.id, "title": fact.title, "section": fact.section_path}
            original = self.owner.originals.lines_of(fact.id)
            return self._json({**shown, "layer": fact.layer, "text": fact_text(fact), "original": original})
        talk = self._talk()
        if talk is None:
            return None
        if path == "/api/history":
            after = int(query.removeprefix("after=") or 0)
            shown = talk.messages[after:]
            return self._json({"messages": shown, "last_id": len(talk.messages), "mode": talk.mode})
        if path == "/api/satisfaction":
            served = any(message["author"] == "agent" for message in talk.messages)
            over = talk.mode in ("bot", "closed")
            return self._json({"ask": served and over and not self.owner.satisfaction})
        if path == "/api/staffing":
            return self._json({**self.owner.staffing, **self.owner.queue})
        if path == "/api/events":
            return self._events(talk)
        if path.endswith(("/checklist.txt", "/checklist.ics")):
            return self._send(200, b"# " + path.encode(), "text/plain")
        return self._error(404, "没有这个地址或内容。")

    def _events(self, talk: Talk) -> None:
        stream: queue.Queue[Any] = queue.Queue()
        after = int(self.headers.get("Last-Event-ID") or 0)
        with talk.lock:
            for message in talk.messages[after:]:
                stream.put(("message", message, message["id"]))
            talk.streams.append(stream)
        self.close_connection = True
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.send_header("Connection", "close")
        self.end_headers()
        try:
            self._write(f"event: mode\ndata: {json.dumps({'mode': talk.mode})}\n\n")
            while (said := stream.get()) is not None:
                event, data, number = said
                head = f"id: {number}\n" if number else ""
                self._write(f"{head}event: {event}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n")
        except OSError:
            pass
        finally:
            talk.streams.remove(stream)

    def _write(self, text: str) -> None:
        self.wfile.write(text.encode())
        self.wfile.flush()

    def do_POST(self) -> None:
        path = self.path
        self.owner.requests.append(("POST", path))
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))) or b"{}")
        if self._failed(path):
            return None
        if path == "/api/sessions":
            return self._json({"session": self.owner.open_session()}, 201)
        talk = self._talk()
        if talk is None:
            return None
        return self._api_post(path, talk, body)

    def _api_post(self, path: str, talk: Talk, body: dict[str, Any]) -> None:
        if path == "/api/messages":
            number = self.owner.accept(self.headers["X-Session"], body["client_id"], body["text"])
            return self._json({"id": number}, 202)
        if path == "/api/restart":
            text = self.owner.kb.phrase("dialogue", "restart")
            return self._json({"id": talk.add("system", text, client_id=body["client_id"])["id"]}, 202)
        if path == "/api/context":
            talk.noted = {**talk.noted, **body}
            return self._json({"ok": True})
        if path == "/api/leave":
            mode = {"waiting": "bot", "human": "closed"}.get(talk.mode, talk.mode)
            if mode != talk.mode:
                talk.mode = mode
                talk.tell("mode", {"mode": mode})
            return self._json({"mode": mode})
        if path == "/api/forget":
            del self.owner.talks[self.headers["X-Session"]]
            return self._json({"ok": True})
        if path == "/api/satisfaction":
            self.owner.satisfaction.append(body["value"])
            return self._json({"ok": True})
        message = talk.messages[body["message_id"] - 1]
        if path == "/api/feedback":
            message["feedback"] = {"value": body["value"], "reason": body.get("reason")}
        elif path == "/api/ticks":
            message["ticked"] = body["ticked"]
        return self._json({"ok": True})
