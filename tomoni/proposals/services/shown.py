"""What everybody may find of a proposal: its title and parties once handed in, all of it once results are published."""

from __future__ import annotations

from tomoni.proposals.models import Proposal
from tomoni.proposals.selectors import HANDED_IN, KIND
from tomoni.proposals.versions import in_words
from tomoni.search.services import forget, index


def show(proposal: Proposal) -> None:
    """Put into the search what is public of it now; take it out when nothing is."""
    if proposal.state not in HANDED_IN:
        forget(proposal)
        return
    parties = "、".join(party.name for party in proposal.together())
    text = parties
    if proposal.is_published:
        said = in_words(proposal.content(), proposal.rulebook.book)
        text = "\n".join([parties, *said.values(), proposal.reasons])
    index(proposal, kind=KIND, title=proposal.title, text=text, url=proposal.get_absolute_url())
