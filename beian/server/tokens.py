"""Session tokens: the server's own, signed, impossible to choose or to guess."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
from pathlib import Path

from beian.server.settings import SettingsError

_ID_BYTES, _SIGNATURE_BYTES = 18, 18


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


class Signer:
    """Issues and checks tokens, and names the conversations of the plain webhook."""

    def __init__(self, secret: str) -> None:
        self._key = hashlib.sha256(secret.encode()).digest()

    def _signature(self, purpose: str, text: str) -> str:
        digest = hmac.new(self._key, f"{purpose}:{text}".encode(), hashlib.sha256).digest()
        return _encoded(digest[:_SIGNATURE_BYTES])

    def sign(self, purpose: str, text: str) -> str:
        """A signature of the text that counts for this purpose alone."""
        return self._signature(purpose, text)

    def new_session(self) -> tuple[str, str]:
        """(conversation id, token) of a new session."""
        conversation = f"w-{_encoded(secrets.token_bytes(_ID_BYTES))}"
        return conversation, f"{conversation}.{self._signature('session', conversation)}"

    def conversation(self, token: str | None) -> str | None:
        """The conversation a token is for, or None when this server did not issue it."""
        if not token or len(token) > 120 or not token.isascii():
            return None
        conversation, _, signature = token.partition(".")
        genuine = hmac.compare_digest(signature, self._signature("session", conversation))
        return conversation if genuine else None

    def conversation_of_sender(self, sender: str) -> str:
        """The conversation of a sender name of the plain webhook: never a widget's, and tells no name."""
        return f"api-{self._signature('sender', sender)}"


def load_secret(var: Path) -> str:
    """The secret kept in `var`, made on first use with owner-only access. Raises SettingsError."""
    path = var / "secret"
    try:
        var.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _existing(path)
    except OSError as error:
        raise SettingsError(f"{path} cannot be written: {error.strerror}") from error
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        secret = secrets.token_urlsafe(48)
        file.write(secret)
    return secret


def _existing(path: Path) -> str:
    try:
        if path.stat().st_mode & 0o077:
            raise SettingsError(f"others can read {path}: run `chmod 600 {path}`")
        secret = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} cannot be read: {error}") from error
    if len(secret) < 16:
        raise SettingsError(f"{path} holds no secret; remove it to have a new one made")
    return secret
