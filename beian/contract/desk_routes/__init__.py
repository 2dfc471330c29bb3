"""The agents' addresses, all under /api/desk."""

from __future__ import annotations

from beian.contract.desk_routes.conversations import CONVERSATIONS
from beian.contract.desk_routes.describe import PREFIX
from beian.contract.desk_routes.entering import ENTERING
from beian.contract.desk_routes.team import TEAM

__all__ = ["DESK", "PREFIX"]

DESK = (*ENTERING, *CONVERSATIONS, *TEAM)
