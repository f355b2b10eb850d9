"""What evaluations show on the page of their project."""

from __future__ import annotations

from typing import Any

from tomoni.evaluations import permissions, selectors
from tomoni.projects.models import Project
from tomoni.ui.panels import panel
from tomoni.ui.requests import Request


@panel("project.aside", "evaluations/_of_project.html")
def of_project(request: Request, project: Project) -> dict[str, Any] | None:
    """The evaluation this person may read, or for the two sides of a reported project the way to begin one."""
    if project.state not in permissions.OVER:
        return None
    held = selectors.of_project(project, seen_by=request.actor)
    begins = held is None and bool(permissions.may_begin(request.actor, project))
    return {"evaluation": held, "begins": begins} if held or begins else None
