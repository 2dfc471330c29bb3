"""What became of a suggestion that an agent began a reply with."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import Literal

Outcome = Literal["kept", "edited", "replaced"]
LIKE = 0.5
"""Below this share of common text nothing of the suggestion is left but chance."""
_MOST_COMPARED = 2000


def outcome(offered: str, sent: str) -> Outcome:
    """Compares the suggestion as it stood in the reply with what was sent."""
    before, after = _plain(offered), _plain(sent)
    if before == after:
        return "kept"
    if before and before in after:
        return "edited"
    # Stretches both have; SequenceMatcher's shortcut for long texts would overlook common characters.
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    common = sum(block.size for block in blocks if block.size > 2)
    return "edited" if common >= LIKE * min(len(before), len(after)) and common else "replaced"


def _plain(text: str) -> str:
    return "".join(text.split())[:_MOST_COMPARED]
