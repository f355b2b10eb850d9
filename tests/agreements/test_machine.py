"""Random walks: whatever the two sides do in whatever order, what was offered stays and only both together conclude."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import make
from tests.agreements.conftest import full_values
from tomoni.agreements import services
from tomoni.agreements.models import Agreement, AgreementVersion, Signature
from tomoni.cases.services import RulesBroken
from tomoni.history.models import Event
from tomoni.kernel.decisions import NotAllowed

REFUSED = (NotAllowed, RulesBroken, services.Overtaken)
ACTS = st.lists(
    st.tuples(
        st.sampled_from(["write", "offer", "sign", "sign_old", "reopen", "amend", "keep", "drop", "end"]),
        st.sampled_from(["member", "officer", "member", "officer", "stranger", "division"]),
        st.sampled_from(["civic", "city"]),
    ),
    max_size=16,
)


def act(name: str, held: Agreement, actor, side: str, text: str) -> None:
    number = held.version - (name == "sign_old")
    {
        "write": lambda: services.write_draft(held, {"purpose": text}, revision=held.revision, by=actor),
        "offer": lambda: services.offer(held, at=make.NOON, by=actor),
        "sign": lambda: services.sign(held, number=number, side=side, at=make.NOON, by=actor),
        "sign_old": lambda: services.sign(held, number=number, side=side, at=make.NOON, by=actor),
        "reopen": lambda: services.reopen(held, reason=text, by=actor),
        "amend": lambda: services.amend(held, reason=text, by=actor),
        "keep": lambda: services.keep(held, reason=text, by=actor),
        "drop": lambda: services.drop(held, reason=text, by=actor),
        "end": lambda: services.end(held, reason=text, by=actor),
    }[name]()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_what_was_offered_stays_and_only_both_together_conclude(acts, people, civic, office):
    AgreementVersion.objects.all().delete()
    Agreement.objects.all().delete()
    new = Agreement(title="花壇")
    held = services.begin_agreement(new, civic=civic, city=office, on=make.APRIL, by=people["member"])
    services.write_draft(held, full_values(held), revision=0, by=people["member"])
    frozen: dict[int, dict[str, object]] = {}
    for place, (name, who, side) in enumerate(acts):
        before, events = Agreement.objects.values().get(), Event.objects.count()
        try:
            act(name, Agreement.objects.get(), people[who], side, f"{place}番目の文")
        except REFUSED:
            assert Agreement.objects.values().get() == before
            assert Event.objects.count() == events
        else:
            assert who in {"member", "officer"}
            assert name != "sign_old"
        now = {each.number: each for each in AgreementVersion.objects.all()}
        assert all(now[number].content == content for number, content in frozen.items())
        frozen = {number: each.content for number, each in now.items()}
        for each in now.values():
            signed = Signature.objects.filter(of_version=each)
            assert (each.concluded_on is not None) == (signed.count() == 2)
            assert len({row.side for row in signed}) == len({row.user_id for row in signed}) == signed.count()
