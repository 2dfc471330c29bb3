"""What agents keep about conversations, and the list they work from."""

from __future__ import annotations

from beian.store.desk.handoffs import Handoffs
from beian.store.desk.notes import Notes


class Records(Handoffs, Notes):
    """Reads and writes the desk's tables about conversations. Waits for the store."""
