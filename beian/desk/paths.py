"""Names in the desk's addresses, as they were written before a client encoded them."""

from __future__ import annotations

import unicodedata
from urllib.parse import unquote

_MOST_CHARACTERS = 128


def name_in_path(written: str) -> str | None:
    """The name that stands percent-encoded in an address; None for what can be nobody's name.

    Browsers encode every character outside of ASCII as UTF-8.
    """
    try:
        name = unquote(written, errors="strict")
    except UnicodeDecodeError:
        return None
    if not 0 < len(name) <= _MOST_CHARACTERS:
        return None
    # Control characters and half surrogates: some databases cannot even be asked for them.
    if any(unicodedata.category(char) in ("Cc", "Cs") for char in name):
        return None
    return name
