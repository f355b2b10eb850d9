"""The base of every case: it keeps the rulebook it began under, its state, and says whose turn it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tomoni.kernel.workflow import Holder, Step, Workflow
from tomoni.parties.actor import Actor
from tomoni.parties.models import Party
from tomoni.rulebooks.models import RulebookVersion
from tomoni.tenants.models import TenantModel


class Case(TenantModel):
    """Derive from it, set `workflow`, and answer `facts()`, `party_for()` and perhaps `objection()`."""

    workflow: ClassVar[Workflow]
    verbs: ClassVar[
        Mapping[str, str | Promise]
    ] = {}  # what else happens to this kind of case, in words for its history

    state = models.CharField(_("段階"), max_length=40, editable=False)
    rulebook = models.ForeignKey(RulebookVersion, on_delete=models.PROTECT, related_name="+", editable=False)
    begun_on = models.DateField(_("はじめた日"), editable=False)

    class Meta:
        abstract = True

    def facts(self) -> Any:
        """What the rules of this kind of case look at."""
        raise NotImplementedError

    def party_for(self, step: Step) -> Party | None:
        """For which party the step must be permitted; None when any party of the city will do."""
        return None

    def objection(self, step: Step, actor: Actor) -> str:
        """Why this very person may not take the step although the role may; "" when nothing speaks against it."""
        return ""

    def tell(self) -> Iterable[Party]:
        """The parties whose turn it is now, who are told when the case has changed hands."""
        return ()

    def hears(self) -> Iterable[Party]:
        """The parties that waited and are told what became of it, in its present state; nobody while it goes on."""
        return ()

    def get_absolute_url(self) -> str:
        """Where this case is read."""
        raise NotImplementedError

    @property
    def holder(self) -> Holder:
        return self.workflow.holder[self.state]

    @property
    def is_settled(self) -> bool:
        """Nothing is waited for any more: for most kinds of case, when it is nobody's turn."""
        return self.holder == Holder.NOBODY

    @property
    def state_label(self) -> str:
        return self.workflow.labels[self.state].desk

    @property
    def public_label(self) -> str:
        return self.workflow.labels[self.state].public
