"""What parties offer, wish for and see as local issues; and introductions between two of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tomoni.cases.models import Case
from tomoni.consultations.models import Consultation, desks_that_receive
from tomoni.consultations.traces import traces
from tomoni.kernel.workflow import Step, Workflow
from tomoni.matching import listing as pure
from tomoni.matching.rules import IntroductionFacts, ListingFacts
from tomoni.matching.workflow import WORKFLOW, State
from tomoni.parties.actor import Actor
from tomoni.parties.models import Party
from tomoni.parties.permissions import Permission
from tomoni.tenants.models import TenantModel


class Kind(models.TextChoices):
    """What a listing is."""

    OFFER = "offer", _("提供・協力したい")
    WISH = "wish", _("してほしい・探している")
    ISSUE = "issue", _("地域の課題")


class Category(models.TextChoices):
    """What is given or sought."""

    PEOPLE = "people", _("人手")
    GOODS = "goods", _("物")
    MONEY = "money", _("資金")
    PLACE = "place", _("場所")
    SKILL = "skill", _("技能")
    INFORMATION = "information", _("情報")


class Listing(TenantModel):
    """One offer, wish or issue of a party. Open until its last day; then time closes it."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="listings")
    kind = models.CharField(_("種類"), max_length=10)
    category = models.CharField(_("何を"), max_length=12)
    title = models.CharField(_("件名"), max_length=100)
    text = models.TextField(_("くわしい内容"), blank=True)
    field = models.CharField(_("分野"), max_length=40, blank=True)  # a key of the rulebook's fields
    area = models.CharField(_("地区"), max_length=40, blank=True)
    days = models.JSONField(_("曜日"), default=list, blank=True)
    starts = models.DateField(_("いつから"), null=True, blank=True)
    ends = models.DateField(_("いつまで"), null=True, blank=True)
    capacity = models.PositiveIntegerField(_("人数・数"), null=True, blank=True)
    posted_on = models.DateField(_("載せた日"))
    withdrawn_on = models.DateField(_("取り下げた日"), null=True, blank=True)
    touched_at = models.DateTimeField(_("直した日時"))
    consultation = models.ForeignKey(Consultation, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("掲示")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="listing_kind_is_known"),
            models.CheckConstraint(condition=Q(category__in=Category.values), name="listing_category_is_known"),
            models.CheckConstraint(
                condition=Q(starts=None) | Q(ends=None) | Q(ends__gte=F("starts")),
                name="listing_days_in_order",
                violation_error_message=_("終わりの日は、始まりの日より後にしてください。"),
            ),
        ]
        indexes = [models.Index(fields=["municipality", "kind", "category", "ends"], name="listing_open")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Where anybody reads it."""
        return reverse("listing", args=[self.municipality.slug, self.pk])

    def is_open(self, on: date) -> bool:
        """Does it still stand on that day? Its last day is still open."""
        return self.withdrawn_on is None and (self.ends is None or self.ends >= on)

    @property
    def kind_label(self) -> str:
        return str(Kind(self.kind).label)

    @property
    def category_label(self) -> str:
        return str(Category(self.category).label)

    @property
    def days_label(self) -> str:
        return "・".join(self.days)

    def facts(self) -> ListingFacts:
        """What the rules look at."""
        asked = self.consultation
        if asked is None:
            return ListingFacts(())
        return ListingFacts(traces(f"{self.title}\n{self.text}", name=asked.asker_name, contact=asked.contact))

    def as_matched(self, fields: Mapping[str, str]) -> pure.Listing:
        """As the matcher looks at it; only what is public goes in. Fields are named in the words of the city's rulebook."""
        return pure.Listing(
            id=str(self.pk),
            kind=pure.Kind(self.kind),
            title=self.title,
            text=self.text,
            category=pure.Category(self.category),
            field=fields.get(self.field, self.field),
            area=self.area,
            days=tuple(self.days),
            starts=self.starts,
            ends=self.ends,
            capacity=self.capacity,
            party=str(self.party_id),
        )


class Introduction(Case):
    """Two parties are brought together, by a coordinator or by one of them."""

    workflow: ClassVar[Workflow] = WORKFLOW
    verbs = {"accept": _("承諾しました")}

    one = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")  # who seeks
    other = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")  # who may help
    wish = models.ForeignKey(Listing, on_delete=models.PROTECT, null=True, blank=True, related_name="introductions")
    offer = models.ForeignKey(Listing, on_delete=models.PROTECT, null=True, blank=True, related_name="offered_in")
    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, null=True, blank=True, related_name="introductions"
    )
    reason = models.TextField(_("引き合わせる理由"))
    accepted_by_one_at = models.DateTimeField(_("求める側が承諾した日時"), null=True, blank=True)
    accepted_by_other_at = models.DateTimeField(_("応える側が承諾した日時"), null=True, blank=True)
    outcome = models.TextField(_("結果"), blank=True)

    class Meta:
        verbose_name = _("紹介")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="introduction_state_is_known"),
            models.CheckConstraint(
                condition=~Q(one=F("other")),
                name="introduction_of_two_parties",
                violation_error_message=_("同じ主体どうしは紹介できません。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one.name} と {self.other.name}"

    def get_absolute_url(self) -> str:
        """Where the two and the coordinators read it."""
        return reverse("introduction", args=[self.municipality.slug, self.pk])

    def facts(self) -> IntroductionFacts:
        """What the rules look at."""
        sides = [self.accepted_by_one_at, self.accepted_by_other_at]
        return IntroductionFacts(sum(side is not None for side in sides), self.outcome)

    def objection(self, step: Step, actor: Actor) -> str:
        """The two answer for themselves; a coordinator may say how it went, but not answer for them."""
        is_of_a_side = actor.sits_in(self.one) or actor.sits_in(self.other)
        if step.name in {"confirm", "decline"} and not is_of_a_side:
            return str(_("答えられるのは、紹介された双方の担当者だけです。"))
        if step.name == "record_outcome" and not (is_of_a_side or actor.may(Permission.INTRODUCTION_MAKE)):
            return str(_("結果を書けるのは、双方の担当者とコーディネーターだけです。"))
        return ""

    def side_of(self, actor: Actor) -> str:
        """ "one" or "other" for a person of that side; "" for anybody else. Who sits in both is of the seeking side."""
        if actor.sits_in(self.one):
            return "one"
        return "other" if actor.sits_in(self.other) else ""

    def has_accepted(self, side: str) -> bool:
        """Has that side said yes?"""
        return (self.accepted_by_one_at if side == "one" else self.accepted_by_other_at) is not None

    def tell(self) -> Iterable[Party]:
        """The sides that have not answered; once they have, the coordinators, who ask how it goes."""
        if self.state == State.ACCEPTED:
            return desks_that_receive()
        if self.state != State.PROPOSED:
            return []
        waiting = [(self.one, self.accepted_by_one_at), (self.other, self.accepted_by_other_at)]
        return [party for party, accepted in waiting if accepted is None]

    def hears(self) -> Iterable[Party]:
        """Both sides, whether they meet or not; the coordinators too when it has ended."""
        if self.state == State.PROPOSED:
            return []
        others = desks_that_receive() if self.is_settled else []
        return [self.one, self.other, *others]
