"""Tables: revisions of plans and their changes, who led a line before, and the city's overall plan."""

from tomoni.revisions.models.overall import OverallEntry, OverallLink, OverallPlan
from tomoni.revisions.models.revision import ChangedMeasure, PlanChange, Revision
from tomoni.revisions.models.seats import FormerSeat

__all__ = ["ChangedMeasure", "FormerSeat", "OverallEntry", "OverallLink", "OverallPlan", "PlanChange", "Revision"]
