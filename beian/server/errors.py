"""Errors as clients see them: a status, a code, and a sentence in Chinese for people."""

from __future__ import annotations

from sanic.exceptions import SanicException
from sanic.response import HTTPResponse, json

from beian.contract.customer import Error
from beian.contract.errors import ERRORS

_BY_STATUS = {404: "not_found", 405: "bad_method", 408: "timeout", 413: "too_large", 503: "busy"}


class ApiError(SanicException):
    """Ends a request with one of ERRORS; `message` replaces the sentence, `retry_after` is in seconds."""

    def __init__(self, code: str, message: str | None = None, retry_after: int | None = None) -> None:
        status, sentence = ERRORS[code]
        super().__init__(message or sentence, status_code=status)
        self.code, self.text, self.retry_after = code, message or sentence, retry_after


def error_response(error: ApiError) -> HTTPResponse:
    """The response for an error."""
    headers = {"Retry-After": str(error.retry_after)} if error.retry_after else None
    body: Error = {"error": {"code": error.code, "message": error.text}}
    return json(body, status=error.status_code, headers=headers, ensure_ascii=False)


def as_api_error(error: Exception) -> ApiError:
    """What a client may know of any exception."""
    if isinstance(error, ApiError):
        return error
    status = getattr(error, "status_code", 500)
    code = _BY_STATUS.get(status, "bad_value" if 400 <= status < 500 else "internal")
    return ApiError(code)
