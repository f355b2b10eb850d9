"""Who may do what with proposals, rounds and marks beyond the steps of the workflow."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from tomoni.kernel.decisions import YES, Decision, no
from tomoni.parties.actor import Actor
from tomoni.parties.models import Party
from tomoni.parties.permissions import Permission
from tomoni.proposals.models import Marks, Partner, Proposal, Round, conflicts
from tomoni.proposals.workflow import State


def is_author(actor: Actor, proposal: Proposal) -> bool:
    """Does this person write for the lead, or for a partner who has agreed?"""
    return any(actor.may(Permission.PROPOSAL_WRITE, party) for party in proposal.together())


def may_begin(actor: Actor, lead: Party, call: Round, *, on: date) -> Decision:
    """Begin a proposal for one's own group while the round is open."""
    if not actor.may(Permission.PROPOSAL_WRITE, lead):
        return no(_("提案を始められるのは、その団体の担当者だけです。"))
    if on < call.opens:
        return no(_("募集はまだ始まっていません。"))
    return YES if on <= call.closes else no(_("募集は終わりました。"))


def may_write(actor: Actor, proposal: Proposal) -> Decision:
    """While it is a draft, and while it is talked about with the department."""
    if not is_author(actor, proposal):
        return no(_("この提案を書けるのは、いっしょに提案する団体の担当者だけです。"))
    if proposal.state not in {State.DRAFT, State.TALKS}:
        return no(_("いまは書き直せません。市からの差し戻しか、協議の始まりを待ってください。"))
    return YES


def may_answer_invitation(actor: Actor, seat: Partner) -> Decision:
    """Agree to propose together, or not: the party that was asked, while it is a draft."""
    if not actor.may(Permission.PROPOSAL_WRITE, seat.party):
        return no(_("答えられるのは、誘われた団体の担当者だけです。"))
    if seat.proposal.state != State.DRAFT:
        return no(_("提出した後は、いっしょに提案する相手を変えられません。"))
    return YES


def may_talk(actor: Actor, proposal: Proposal) -> Decision:
    """Write down a talk: those who propose, the department and the division, while they talk."""
    if proposal.state != State.TALKS:
        return no(_("話し合いの記録は、協議の間に書けます。"))
    if is_author(actor, proposal) or proposal.is_handled_by(actor):
        return YES
    return no(_("話し合いを記録できるのは、提案した団体と担当課だけです。"))


def may_arrange(actor: Actor) -> Decision:
    """Keep programmes and open rounds."""
    if not actor.may(Permission.PROGRAMME_WRITE):
        return no(_("提案制度と募集を書けるのは、協働担当課だけです。"))
    return YES


def may_publish(actor: Actor, call: Round) -> Decision:
    """Publish the results of a round once every proposal has been decided."""
    if not actor.may(Permission.PROPOSAL_DECIDE):
        return no(_("結果を公表できるのは、協働担当課だけです。"))
    if call.published_on:
        return no(_("結果は、すでに公表しています。"))
    states = set(call.proposals.values_list("state", flat=True))
    if states & {State.SUBMITTED, State.TALKS, State.SCREENING}:
        return no(_("まだ決まっていない提案があります。すべて決まってから公表してください。"))
    if not states & {State.ADOPTED, State.DECLINED}:
        return no(_("公表する結果がありません。"))
    return YES


def is_screener(actor: Actor, call: Round) -> bool:
    """Does this person judge in that round?"""
    return call.committee is not None and actor.may(Permission.PROPOSAL_SCREEN, call.committee)


def may_screen(actor: Actor, call: Round) -> Decision:
    """Open the screening of a round: its screeners, and the division that decides."""
    if is_screener(actor, call) or actor.may(Permission.PROPOSAL_DECIDE):
        return YES
    return no(_("審査のページを開けるのは、この募集の審査委員と協働担当課だけです。"))


def may_mark(actor: Actor, proposal: Proposal, marks: Marks | None) -> Decision:
    """Give points: a screener of the round without an interest, until they are handed in, while it is judged."""
    if not is_screener(actor, proposal.round):
        return no(_("採点できるのは、この募集の審査委員だけです。"))
    if proposal.state != State.SCREENING:
        return no(_("この提案は、いま審査中ではありません。"))
    if actor.user is not None and conflicts([proposal], [actor.user]):
        return no(_("あなたは、この提案を出した団体に所属しています。利害関係があるため、採点できません。"))
    if marks is not None and marks.conflict:
        return no(_("利害関係があると申し出たため、採点できません。"))
    if marks is not None and marks.handed_in_at:
        return no(_("採点を出し終えています。直すときは、取り戻してください。"))
    return YES
