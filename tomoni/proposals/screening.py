"""The marks of a round: who has handed in what, what each reader may see, and the tally from the rulebook's rule."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from tomoni.parties.actor import Actor
from tomoni.parties.models import User
from tomoni.parties.permissions import Permission
from tomoni.proposals.models import JUDGED, Marks, Proposal, Round, conflicts
from tomoni.proposals.tally import Criterion, Group, Mark, Tally, TallyRule, tally
from tomoni.rulebooks.schema import Rulebook


@dataclass(frozen=True, slots=True)
class Cell:
    """What one screener has done about one proposal. `sits_there`: the program found the conflict by itself."""

    screener: User
    proposal: Proposal
    marks: Marks | None
    sits_there: bool

    @property
    def is_out(self) -> bool:
        """Is the screener out, by seat or by their own word?"""
        return self.sits_there or (self.marks is not None and self.marks.conflict)

    @property
    def is_in(self) -> bool:
        """Is nothing waited for?"""
        return self.is_out or (self.marks is not None and self.marks.is_in)


@dataclass(frozen=True, slots=True)
class Screen:
    """All marks of a round, before anybody is shown any of them."""

    call: Round
    book: Rulebook
    screeners: tuple[User, ...]
    proposals: tuple[Proposal, ...]
    cells: tuple[Cell, ...]

    @property
    def is_complete(self) -> bool:
        """Are all marks in, of enough screeners?"""
        judged = [cell for cell in self.cells if cell.proposal.state == "screening"]
        return all(cell.is_in for cell in judged) and len(self.screeners) >= self.book.screening.screeners

    def may_be_read_by(self, actor: Actor, proposal: Proposal) -> bool:
        """May this person see the marks of others for that proposal? Never where they have an interest in it."""
        if any(actor.sits_in(party) for party in [proposal.lead, *(seat.party for seat in proposal.seats.all())]):
            return False
        if any(cell.is_out for cell in self.cells if cell.screener.pk == actor.user and cell.proposal == proposal):
            return False
        is_open = self.is_complete or not self.book.screening.blind
        judges = self.call.committee is not None and actor.may(Permission.PROPOSAL_SCREEN, self.call.committee)
        return is_open and (judges or actor.may(Permission.PROPOSAL_DECIDE))

    def counted(self) -> Tally:
        """The tally of all that is handed in; screeners and proposals by their keys."""
        names, rule = self.names(), rule_of(self.book)
        no_group = rule.groups[0].key if rule.groups else None  # of one who is out, and therefore weighs nothing
        marks = [
            Mark(
                screener=names[cell.screener.pk],
                proposal=str(cell.proposal.pk),
                points=_points(cell.marks),
                group=cell.marks.group if cell.marks and cell.marks.group else no_group,
                conflict=cell.is_out,
            )
            for cell in self.cells
            if cell.is_in
        ]
        return tally(rule, [str(each.pk) for each in self.proposals], marks)

    def names(self) -> dict[int, str]:
        """What each screener is called in the steps of the tally; two of one name get a number."""
        held: dict[int, str] = {}
        for user in self.screeners:
            again = sum(other.display_name == user.display_name for other in self.screeners if other.pk < user.pk)
            held[user.pk] = f"{user.display_name}（{again + 1}）" if again else user.display_name
        return held


def _points(marks: Marks | None) -> dict[str, Fraction | None]:
    return {key: Fraction(str(value)) for key, value in marks.points.items()} if marks else {}


def screen_of(call: Round) -> Screen | None:
    """Everything about the screening of a round; None while nothing has come so far."""
    found = call.proposals.filter(state__in=JUDGED).select_related("lead", "rulebook", "municipality", "round")
    proposals = tuple(found.prefetch_related("seats__party").order_by("pk"))
    if not proposals:
        return None
    given = {(m.screener_id, m.proposal_id): m for m in Marks.objects.filter(proposal__in=proposals)}
    people = {each.pk: each for each in call.screeners()}
    gone = User.objects.filter(pk__in={who for who, _each in given} - set(people))
    seated = tuple(sorted([*people.values(), *gone], key=lambda user: user.pk))
    out = conflicts(proposals, [user.pk for user in seated])
    cells = tuple(
        Cell(user, each, given.get((user.pk, each.pk)), (user.pk, each.pk) in out)
        for each in proposals
        for user in seated
        if user.pk in people or (user.pk, each.pk) in given
    )
    return Screen(call, proposals[0].rulebook.book, seated, proposals, cells)


def rule_of(book: Rulebook) -> TallyRule:
    """How the rulebook counts."""
    screening = book.screening
    return TallyRule(
        criteria=tuple(
            Criterion(
                each.key,
                each.label,
                Fraction(each.max),
                Fraction(each.weight),
                None if each.floor is None else Fraction(each.floor),
            )
            for each in screening.criteria
        ),
        pass_percent=Fraction(screening.pass_percent),
        fill_mean=screening.conflict == "mean",
        groups=tuple(Group(each.key, Fraction(each.share)) for each in screening.groups),
        tie_break="" if screening.ties == "open" else screening.ties,
    )
