"""Logs: one JSON object a line with the request's id, masked; Rasa's own debug output stays off.

Rasa's structlog messages quote customers' texts at debug level, and print without any set-up: the
level is raised before Rasa can say anything.
"""

from __future__ import annotations

import asyncio
import json
import logging
import sys
import time
import warnings
from contextvars import ContextVar
from typing import Any

import structlog

from beian.masking import mask, mask_value

request_id: ContextVar[str] = ContextVar("request_id", default="-")
_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class JsonFormatter(logging.Formatter):
    """time (UTC), level, logger, request, message and the record's extra fields; all strings masked."""

    def format(self, record: logging.LogRecord) -> str:
        """One record as one line of JSON."""
        extra = {key: value for key, value in vars(record).items() if key not in _STANDARD}
        line: dict[str, Any] = {
            "time": time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
            + f".{int(record.msecs):03d}Z",
            "level": record.levelname.lower(),
            "logger": record.name,
            "request": request_id.get(),
            "message": mask(record.getMessage()),
            **mask_value(json.loads(json.dumps(extra, default=str))),
        }
        if record.exc_info and record.exc_info[1] is not None:
            # Its text may quote a customer: where it was raised is enough.
            line["exception"] = type(record.exc_info[1]).__name__
            line["at"] = frames_of(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)


class _WithoutWords(logging.Filter):
    """Sanic writes requests into its messages; the place in its source says what happened."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = f"{record.module}.{record.funcName}:{record.lineno}", ()
        return True


def log_loop_fault(_loop: asyncio.AbstractEventLoop, fault: dict[str, Any]) -> None:
    """The event loop's handler of what nobody caught: type and place of it, and none of its words."""
    error = fault.get("exception")
    logging.getLogger("asyncio").error(
        "nobody caught an exception",
        extra={"reason": type(error).__name__, "at": frames_of(error) if error else []},
    )


def keep_rasa_quiet() -> None:
    """Let only Rasa's warnings and errors through. Idempotent; leaves an existing set-up alone."""
    logging.getLogger("rasa").setLevel(logging.WARNING)
    for name in ("rasa_sdk", "apscheduler", "matplotlib", "asyncio", "sanic.root", "sanic.access", "jieba"):
        logging.getLogger(name).setLevel(logging.WARNING)
    if not structlog.is_configured():
        structlog.configure(
            processors=[
                structlog.stdlib.filter_by_level,
                structlog.stdlib.add_log_level,
                structlog.processors.KeyValueRenderer(key_order=["event"]),
            ],
            logger_factory=structlog.stdlib.LoggerFactory(),
            wrapper_class=structlog.stdlib.BoundLogger,
            cache_logger_on_first_use=True,
        )


def configure(level: int = logging.INFO) -> None:
    """Send everything to standard error as JSON lines."""
    hide_old_warnings()
    keep_rasa_quiet()
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter())
    for name in ("sanic.root", "sanic.error", "sanic.access"):
        logger = logging.getLogger(name)
        if not logger.filters:
            logger.addFilter(_WithoutWords())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)


def frames_of(error: BaseException) -> list[str]:
    """File and line of the innermost frames of an exception, the outermost first."""
    frames, trace = [], error.__traceback__
    while trace is not None:
        frames.append(f"{trace.tb_frame.f_code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno}")
        trace = trace.tb_next
    return frames[-6:]


def place_of(error: BaseException | None) -> str | None:
    """File and line of the innermost frame of an exception."""
    trace = error.__traceback__ if error else None
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else None


def hide_old_warnings() -> None:
    """Old libraries warn of their own old habits on every start; operators can do nothing about it."""
    # Sanic turns them on when it is imported: that has to come first.
    import sanic.app  # noqa: F401

    warnings.simplefilter("ignore", DeprecationWarning)
    warnings.simplefilter("ignore", FutureWarning)
    warnings.filterwarnings("ignore", message="Slot auto-fill has been removed")
