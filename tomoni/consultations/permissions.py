"""Who may do what at the desk beyond the steps of the workflow."""

from __future__ import annotations

from django.utils.translation import gettext as _

from tomoni.consultations.models import Consultation
from tomoni.kernel.decisions import YES, Decision, no
from tomoni.parties.actor import Actor
from tomoni.parties.permissions import Permission


def may_receive(actor: Actor) -> Decision:
    """Take in what somebody said on the phone, at the counter or in a letter."""
    if not actor.may(Permission.CONSULTATION_RECEIVE):
        return no(_("相談を受け付けられるのは、窓口の担当者だけです。"))
    return YES


def may_note(actor: Actor) -> Decision:
    """Leave a note for colleagues."""
    if not actor.may(Permission.CONSULTATION_READ):
        return no(_("メモを書けるのは、相談を読める職員だけです。"))
    return YES


def may_sort(actor: Actor, consultation: Consultation) -> Decision:
    """Say what it is about, whether it is excluded, and give the asker a new link: the desk and the party in charge."""
    if actor.may(Permission.CONSULTATION_RECEIVE) or consultation.is_with(actor):
        return YES
    return no(_("直せるのは、窓口の担当者と、いまの担当だけです。"))


def may_write_questions(actor: Actor) -> Decision:
    """Draft and mend a question and its answer."""
    if not actor.may(Permission.CONSULTATION_ANSWER):
        return no(_("よくある質問を書けるのは、相談に答える職員だけです。"))
    return YES


def may_publish_questions(actor: Actor) -> Decision:
    """Show a question and its answer to everybody, or take it back."""
    if not actor.may(Permission.CONSULTATION_RECEIVE):
        return no(_("よくある質問を公開できるのは、窓口の担当者だけです。"))
    return YES
