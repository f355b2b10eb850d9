"""Programmes and their rounds, proposals with their versions, and the screeners' marks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tomoni.cases.models import Case
from tomoni.consultations.models import Consultation
from tomoni.kernel.fiscal import FiscalYear, fiscal_year_on
from tomoni.kernel.workflow import Step, Workflow
from tomoni.matching.models import Introduction, Listing
from tomoni.parties.actor import Actor
from tomoni.parties.models import Membership, Party, User
from tomoni.parties.permissions import Permission, Role, grants
from tomoni.proposals import budget
from tomoni.proposals.conditions import Check, Conditions, check
from tomoni.proposals.rules import ProposalFacts
from tomoni.proposals.versions import sheet_of
from tomoni.proposals.workflow import WORKFLOW, State
from tomoni.rulebooks.answers import progress
from tomoni.tenants.models import TenantModel

OF_AUTHORS = frozenset({"submit", "withdraw"})
JUDGED = (State.SCREENING, State.ADOPTED, State.DECLINED)


class Programme(TenantModel):
    """A programme through which proposals come: its conditions are data (the rulebook's programmes, or the city's own)."""

    key = models.CharField(_("略号"), max_length=40)
    name = models.CharField(_("制度の名前"), max_length=100)
    summary = models.TextField(_("説明"), blank=True)
    settings = models.JSONField(_("条件"), default=dict)  # kinds, cap, partners wanted, eligibility, screening

    class Meta:
        verbose_name = _("提案制度")
        constraints = [models.UniqueConstraint(fields=["municipality", "key"], name="programme_key_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def conditions(self) -> Conditions:
        """Who may apply for what."""
        return Conditions.read(self.settings)


class Round(TenantModel):
    """One call of a programme: from when to when, what is asked for, who screens. It is open because of its dates."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="rounds")
    title = models.CharField(_("募集の名前"), max_length=100)
    theme = models.TextField(_("テーマ"), blank=True)
    issue = models.ForeignKey(Listing, on_delete=models.PROTECT, null=True, blank=True, related_name="rounds")
    department = models.ForeignKey(Party, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    opens = models.DateField(_("募集のはじまり"))
    closes = models.DateField(_("募集のおわり"))
    committee = models.ForeignKey(Party, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    published_on = models.DateField(_("結果を公表した日"), null=True, blank=True)

    class Meta:
        verbose_name = _("募集")
        constraints = [
            models.CheckConstraint(
                condition=Q(closes__gte=F("opens")),
                name="round_days_in_order",
                violation_error_message=_("募集のおわりは、はじまりより後にしてください。"),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Where everybody reads what is asked for and, later, what came of it."""
        return reverse("round", args=[self.municipality.slug, self.pk])

    def is_open(self, on: date) -> bool:
        """May one hand in on that day? The last day counts whole."""
        return self.opens <= on <= self.closes

    @property
    def year(self) -> FiscalYear:
        """The fiscal year in which it opens."""
        return fiscal_year_on(self.opens)

    def screeners(self) -> QuerySet[User]:
        """Who judges: the screeners who sit in the round's committee; nobody while none is named."""
        return User.objects.filter(
            memberships__party=self.committee_id,
            memberships__role=Role.SCREENER,
            memberships__until=None,
            memberships__municipality=self.municipality_id,
        ).distinct()

    def lacking(self, wanted: int) -> int:
        """How much is still lacking: marks to be handed in, and screeners up to the number wanted."""
        screeners = list(self.screeners().values_list("pk", flat=True))
        return len(self._waiting(screeners)) + max(0, wanted - len(screeners))

    def is_complete(self, wanted: int) -> bool:
        """Are all marks in, of at least as many screeners as wanted?"""
        return self.lacking(wanted) == 0

    def _waiting(self, screeners: list[int]) -> list[tuple[int, int]]:
        """Screener and proposal, wherever marks are still to be handed in."""
        proposals = list(self.proposals.filter(state=State.SCREENING).prefetch_related("seats"))
        given = Marks.objects.filter(proposal__in=proposals).filter(Q(conflict=True) | ~Q(handed_in_at=None))
        done = set(given.values_list("screener_id", "proposal_id")) | conflicts(proposals, screeners)
        return [(who, each.pk) for each in proposals for who in screeners if (who, each.pk) not in done]


class Proposal(Case):
    """One proposal: what the program reasons about is a column, what people only read is an answer."""

    workflow: ClassVar[Workflow] = WORKFLOW

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="proposals")
    title = models.CharField(_("事業名"), max_length=100)
    lead = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="proposals_led")
    partners = models.ManyToManyField(Party, through="Partner", related_name="+")
    department = models.ForeignKey(Party, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    form_kind = models.CharField(_("協働の形態"), max_length=40, blank=True)  # a key of the rulebook's forms
    answers = models.JSONField(_("提案書の答え"), default=dict)
    eligibility = models.JSONField(_("条件の確認"), default=dict)
    budget = models.JSONField(_("予算表"), default=list)  # [{side: income|spending, label, amount}] in yen
    asked = models.PositiveIntegerField(_("市に求める金額（円）"), default=0)
    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, null=True, blank=True, related_name="proposals"
    )
    introduction = models.ForeignKey(
        Introduction, on_delete=models.PROTECT, null=True, blank=True, related_name="proposals"
    )
    submitted_on = models.DateField(_("提出した日"), null=True, blank=True)
    reasons = models.TextField(_("採択・不採択の理由"), blank=True)
    decided_on = models.DateField(_("決まった日"), null=True, blank=True)
    revision = models.PositiveIntegerField(_("改訂"), default=0)

    class Meta:
        verbose_name = _("提案")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="proposal_state_is_known"),
        ]
        indexes = [models.Index(fields=["municipality", "state", "begun_on"], name="proposal_by_state")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Where it is read."""
        return reverse("proposal", args=[self.municipality.slug, self.pk])

    @property
    def number(self) -> str:
        """What people say on the phone: R8-12."""
        return f"{fiscal_year_on(self.begun_on).short}-{self.pk}"

    @property
    def shown_label(self) -> str:
        """The state in public: a decision is named only once the results of its round are published."""
        is_decided = self.state in {State.ADOPTED, State.DECLINED}
        state = State.SCREENING if is_decided and not self.round.published_on else self.state
        return WORKFLOW.labels[state].public

    @property
    def is_published(self) -> bool:
        """May everybody read all of it?"""
        return self.round.published_on is not None and self.state in {State.ADOPTED, State.DECLINED}

    def together(self) -> list[Party]:
        """The lead and every partner who has agreed."""
        return [self.lead, *(seat.party for seat in self.seats.all() if seat.agreed_at)]

    def eligibility_checks(self) -> list[Check]:
        """The conditions of the programme, each met or not, with its reason."""
        excluded = {each.key: each.label for each in self.rulebook.book.excluded}
        return check(self.round.programme.conditions, self.eligibility, excluded=excluded)

    def facts(self) -> ProposalFacts:
        """What the rules look at. A draft that names no day of handing in is not handed in on an open day."""
        book, conditions = self.rulebook.book, self.round.programme.conditions
        sheet = sheet_of(book)
        done, required = progress(sheet, self.answers) if sheet else (0, 0)
        return ProposalFacts(
            is_complete=done == required and bool(self.title.strip()),
            income=budget.total(self.budget, "income"),
            spending=budget.total(self.budget, "spending"),
            partners=len(self.together()) - 1,
            partners_wanted=conditions.partners,
            round_is_open=self.submitted_on is not None and self.round.is_open(self.submitted_on),
            asked=self.asked,
            cap=conditions.cap,
            is_eligible=all(each.is_met for each in self.eligibility_checks()),
            marks_waiting=self.round.lacking(book.screening.screeners) if self.state == State.SCREENING else 0,
            reasons=self.reasons,
        )

    def party_for(self, step: Step) -> Party | None:
        """Handing in and withdrawing is for the lead's own people."""
        return self.lead if step.name in OF_AUTHORS else None

    def objection(self, step: Step, actor: Actor) -> str:
        """Nobody decides on the proposal of their own group; talks belong to the department named, or to the division."""
        if step.name in OF_AUTHORS:
            return ""
        if any(actor.sits_in(party) for party in [self.lead, *(seat.party for seat in self.seats.all())]):
            return _now("自分の団体が出した提案を、市の側で進めることはできません。")
        if step.name == "talk" and not self.is_handled_by(actor):
            return _now("協議を始められるのは、担当課と協働担当課だけです。")
        return ""

    def is_handled_by(self, actor: Actor) -> bool:
        """Does this person answer for the department named, or for the division?"""
        named = self.department is not None and actor.may(Permission.PROPOSAL_HANDLE, self.department)
        return named or actor.may(Permission.PROPOSAL_DECIDE)

    def tell(self) -> Iterable[Party]:
        """Those who write, then the department and the division, then the committee."""
        if self.state == State.DRAFT:
            return self.together()
        at_city = [self.department] if self.department else deciding_parties()
        if self.state == State.SUBMITTED:
            return {party.pk: party for party in [*at_city, *deciding_parties()]}.values()
        if self.state == State.TALKS:
            return [*self.together(), *at_city]
        return [self.round.committee] if self.state == State.SCREENING and self.round.committee else []

    def hears(self) -> Iterable[Party]:
        """All who proposed and the department, once it is decided; the city, when it is withdrawn."""
        at_city = [self.department] if self.department else deciding_parties()
        if self.state == State.WITHDRAWN:
            return at_city if self.submitted_on else []
        return [*self.together(), *at_city] if self.state in {State.ADOPTED, State.DECLINED} else []

    def content(self) -> dict[str, Any]:
        """Everything it says, as a version keeps it."""
        return {
            "title": self.title,
            "department": self.department.name if self.department else "",
            "answers": self.answers,
            "budget": self.budget,
            "partners": [{"name": seat.party.name, "part": seat.part} for seat in self.seats.all() if seat.agreed_at],
        }


def deciding_parties() -> list[Party]:
    """The parties whose people decide: the division in charge of collaboration."""
    roles = [role for role in Role if grants(role, Permission.PROPOSAL_DECIDE)]
    return list(Party.objects.filter(memberships__role__in=roles, memberships__until=None).distinct())


def conflicts(proposals: Sequence[Proposal], screeners: Iterable[int]) -> set[tuple[int, int]]:
    """Screener and proposal, wherever the screener sits in a party that proposes or is asked to. One query."""
    parties = {each.pk: {each.lead_id, *(seat.party_id for seat in each.seats.all())} for each in proposals}
    involved = set().union(*parties.values())
    sits = set(
        Membership.objects.filter(user__in=list(screeners), party__in=involved, until=None).values_list(
            "user_id", "party_id"
        )
    )
    return {(who, key) for key, held in parties.items() for who, party in sits if party in held}


class Partner(TenantModel):
    """A party that proposes together with the lead."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="seats")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(_("役割"), max_length=200, blank=True)
    agreed_at = models.DateTimeField(_("承諾した日時"), null=True, blank=True)

    class Meta:
        verbose_name = _("共同提案者")
        constraints = [models.UniqueConstraint(fields=["proposal", "party"], name="partner_once")]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.party_id}"


class Talk(TenantModel):
    """One talk between those who propose and the department: when, and what was said."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="talks")
    held_on = models.DateField(_("話し合った日"))
    text = models.TextField(_("話し合ったこと"))
    party = models.ForeignKey(Party, on_delete=models.PROTECT, null=True, related_name="+")  # who wrote it down
    at = models.DateTimeField(_("書いた日時"))

    class Meta:
        verbose_name = _("提案の協議")
        ordering = ["held_on", "pk"]

    def __str__(self) -> str:
        return f"{self.held_on} {self.text[:40]}"


class ProposalVersion(TenantModel):
    """A proposal as it was handed in or revised after talks."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("版"))
    content = models.JSONField(_("内容"))
    why = models.CharField(_("変えた理由"), max_length=200, blank=True)
    talk = models.ForeignKey(Talk, on_delete=models.SET_NULL, null=True, blank=True, related_name="versions")
    at = models.DateTimeField(_("日時"))

    class Meta:
        verbose_name = _("提案の版")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["proposal", "number"], name="proposal_version_once")]

    def __str__(self) -> str:
        return f"{self.proposal_id} v{self.number}"


class Marks(TenantModel):
    """One screener's points for one proposal. Others see them only when all are in."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="marks")
    screener = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    group = models.CharField(_("審査の区分"), max_length=40, blank=True)
    points = models.JSONField(_("採点"), default=dict)
    comment = models.TextField(_("所見"), blank=True)
    conflict = models.BooleanField(_("利害関係"), default=False)
    conflict_reason = models.CharField(_("利害関係の理由"), max_length=200, blank=True)
    handed_in_at = models.DateTimeField(_("出した日時"), null=True, blank=True)

    class Meta:
        verbose_name = _("採点")
        constraints = [models.UniqueConstraint(fields=["proposal", "screener"], name="marks_once")]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.screener_id}"

    @property
    def is_in(self) -> bool:
        """Nothing more is waited for: handed in, or out by conflict."""
        return self.conflict or self.handed_in_at is not None
