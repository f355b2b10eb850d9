"""Tables of action plans: the tree (plan, heading, measure, line), what is reported each year, and who serves it."""

from tomoni.plans.models.links import ProjectLink
from tomoni.plans.models.progress import Assessment, Figure, Indicator, Progress, Schedule, Status
from tomoni.plans.models.redaction import Redaction
from tomoni.plans.models.tree import Heading, Line, LineDepartment, Measure, Plan

__all__ = [
    "Assessment",
    "Figure",
    "Heading",
    "Indicator",
    "Line",
    "LineDepartment",
    "Measure",
    "Plan",
    "Progress",
    "ProjectLink",
    "Redaction",
    "Schedule",
    "Status",
]
