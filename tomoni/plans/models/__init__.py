"""Tables of action plans: the tree (plan, heading, measure, line) and what is reported each year."""

from tomoni.plans.models.progress import Assessment, Figure, Progress, Schedule, Status
from tomoni.plans.models.tree import Heading, Line, LineDepartment, Measure, Plan

__all__ = [
    "Assessment",
    "Figure",
    "Heading",
    "Line",
    "LineDepartment",
    "Measure",
    "Plan",
    "Progress",
    "Schedule",
    "Status",
]
