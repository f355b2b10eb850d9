"""Who may describe a party, read its contacts, and begin, write or bring in registrations."""

from __future__ import annotations

from django.utils.translation import gettext as _

from tomoni.kernel.decisions import YES, Decision, no
from tomoni.organisations.models import Registration
from tomoni.organisations.workflow import State
from tomoni.parties.actor import Actor
from tomoni.parties.models import Membership, Party
from tomoni.parties.permissions import Permission, Role, grants

SPEAKING = tuple(role.value for role in Role if grants(role, Permission.LISTING_WRITE))


def is_program(actor: Actor) -> bool:
    """The program's own commands act without a person."""
    return actor.user is None and bool(actor.name)


def is_desk(actor: Actor) -> bool:
    """The people who check registrations: the centre and the division; and the program."""
    return is_program(actor) or actor.may(Permission.ORGANISATION_CHECK)


def speaks_for(actor: Actor, party: Party) -> bool:
    """Whoever may post in the name of a party speaks for it. A resident sits in the city but does not."""
    return actor.may(Permission.LISTING_WRITE, party)


def may_describe(actor: Actor, party: Party) -> Decision:
    """A party describes itself; the desk does it for those of whom nobody signs in."""
    if party.ended_on:
        return no(_("なくなった団体や課の紹介は、書き直せません。"))
    if speaks_for(actor, party) or is_program(actor):
        return YES
    if not is_desk(actor):
        return no(_("この紹介を書き直せるのは、その団体や課の担当者だけです。"))
    if Membership.objects.filter(party=party, until=None, role__in=SPEAKING).exists():
        return no(_("この団体には担当者がいます。紹介は、団体の担当者が書き直します。"))
    return YES


def may_reach(actor: Actor, party: Party) -> Decision:
    """Contacts of persons: the party's own people and the desk."""
    if is_desk(actor) or speaks_for(actor, party):
        return YES
    return no(_("連絡先を見られるのは、その団体と、登録を確認する窓口だけです。"))


def may_begin(actor: Actor, party: Party) -> Decision:
    """A group registers itself; the desk writes down what came on paper."""
    if party.ended_on:
        return no(_("なくなった団体は登録できません。"))
    if is_desk(actor) or actor.may(Permission.ORGANISATION_WRITE, party):
        return YES
    return no(_("登録を申請できるのは、その団体の担当者だけです。"))


def may_write(actor: Actor, registration: Registration) -> Decision:
    """Only while it is being prepared: by the group, or by the desk for what came on paper."""
    if registration.state != State.DRAFT:
        return no(_("申請したあとは書き直せません。窓口からの差し戻しを待つか、窓口に連絡してください。"))
    if actor.may(Permission.ORGANISATION_WRITE, registration.party):
        return YES
    if registration.taken_at_desk and is_desk(actor):
        return YES
    return no(_("この申請を書けるのは、その団体の担当者だけです。"))


def may_found(actor: Actor) -> Decision:
    """A group that is not in the register yet is entered by the desk."""
    return YES if is_desk(actor) else no(_("新しい団体を登録簿に加えるのは、窓口の担当者です。"))
