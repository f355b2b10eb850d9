"""What the portal shows on the pages of the rooms: the thread."""

from __future__ import annotations

from typing import Any

from tomoni.cases.models import Case
from tomoni.portal.thread import BY_MODEL, thread_of
from tomoni.ui.panels import panel
from tomoni.ui.requests import Request


@panel("case.thread", "portal/_thread.html")
def thread(request: Request, case: Case) -> dict[str, Any] | None:
    """From consultation to evaluation, on the page of every stop."""
    if type(case) not in BY_MODEL:
        return None
    stops = thread_of(case, actor=request.actor)
    return {"stops": stops} if stops else None
