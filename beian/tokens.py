"""Session tokens: the server's own, signed, impossible to choose or to guess."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
from pathlib import Path

from beian.settings import SettingsError

_ID_BYTES, _SIGNATURE_BYTES = 18, 18


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _key(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


def _signature(key: bytes, purpose: str, text: str) -> str:
    return _encoded(hmac.new(key, f"{purpose}:{text}".encode(), hashlib.sha256).digest()[:_SIGNATURE_BYTES])


class Signer:
    """Issues and checks tokens, and names the conversations of the plain webhook."""

    def __init__(self, secret: str, old: str | None = None) -> None:
        """`old` is the secret before this one: what it has signed still counts."""
        self._key = _key(secret)
        self._keys = [self._key, *([_key(old)] if old else [])]

    def sign(self, purpose: str, text: str) -> str:
        """A signature of the text that counts for this purpose alone."""
        return _signature(self._key, purpose, text)

    def is_genuine(self, purpose: str, text: str, signature: str) -> bool:
        """Whether this server, or the one with the old secret, has signed the text for this purpose."""
        given = signature.encode("utf-8", "surrogateescape")
        # All are compared: the time taken tells nothing.
        found = [hmac.compare_digest(given, _signature(key, purpose, text).encode()) for key in self._keys]
        return any(found)

    def new_session(self) -> tuple[str, str]:
        """(conversation id, token) of a new session."""
        conversation = f"w-{_encoded(secrets.token_bytes(_ID_BYTES))}"
        return conversation, f"{conversation}.{self.sign('session', conversation)}"

    def conversation(self, token: str | None) -> str | None:
        """The conversation a token is for, or None when this server did not issue it."""
        if not token or len(token) > 120 or not token.isascii():
            return None
        conversation, _, signature = token.partition(".")
        return conversation if self.is_genuine("session", conversation, signature) else None

    def conversation_of_sender(self, sender: str) -> str:
        """The conversation of a sender name of the plain webhook: never a widget's, and tells no name."""
        return self.conversations_of_sender(sender)[0]

    def conversations_of_sender(self, sender: str) -> list[str]:
        """The same, and after it the name that it had with the old secret."""
        return [f"api-{_signature(key, 'sender', sender)}" for key in self._keys]


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
