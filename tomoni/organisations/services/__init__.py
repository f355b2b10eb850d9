"""Verbs of the register: register and renew, describe a party, keep contacts, enter a group, bring in a list."""

from tomoni.organisations.services.bringing_in import Intention, commit, receive, undo
from tomoni.organisations.services.contacts import drop_contact, keep_contact
from tomoni.organisations.services.founding import NearTwins, enter_group
from tomoni.organisations.services.profiles import describe
from tomoni.organisations.services.registrations import (
    Writing,
    WrittenMeanwhile,
    begin_registration,
    take_step,
    write_registration,
)

__all__ = [
    "Intention",
    "NearTwins",
    "Writing",
    "WrittenMeanwhile",
    "begin_registration",
    "commit",
    "describe",
    "drop_contact",
    "enter_group",
    "keep_contact",
    "receive",
    "take_step",
    "undo",
    "write_registration",
]
