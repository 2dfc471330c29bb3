"""The conversations as customers and agents see them: modes, messages, feedback, ticks, turns.

One file, `var/conversations.db` by default, or any database SQLAlchemy knows. Rasa's own events are in
the tracker store beside it. Messages are only ever appended: each has the next number of its
conversation. Every text is masked on the way in. Errors of the database come out as StoreError.
"""

from __future__ import annotations

from beian.store.keeping import Keeping
from beian.store.opinions import Opinions
from beian.store.unanswered import Unanswered


class ConversationStore(Unanswered, Opinions, Keeping):
    """All of it. Its methods wait for the database: call them in `threads`."""
