"""Who may open which page of the desk, what stands on it, and what never does."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests import make
from tests.consultations.conftest import AT, SECRETS, TOKEN
from tomoni.consultations import services
from tomoni.consultations.models import Consultation, QuestionAnswer
from tomoni.parties.models import Membership, User
from tomoni.tenants.scope import scope

STAFF = {"coordinator", "division", "officer", "other"}
DESK = {"coordinator", "division"}
EVERYBODY = {"visitor", "resident", "member", "screener", "council"} | STAFF

# Written by hand: which pages open for whom. All others are sent to sign in (visitors) or refused (403).
OPENS = {
    "/midorino/ask/": EVERYBODY,
    "/midorino/questions/": EVERYBODY,
    f"/midorino/asked/{TOKEN}/": EVERYBODY,
    "/midorino/desk/": STAFF,
    "/midorino/desk/new/": DESK,
    "/midorino/desk/routing/": STAFF,
    "/midorino/desk/{pk}/": STAFF,
    "/midorino/questions/new/": STAFF,
    "/midorino/questions/new/?from={pk}": STAFF,
    "/midorino/questions/{question}/": STAFF,
    "/midorino/questions/{question}/edit/": STAFF,
}
HIDDEN = {"/midorino/questions/{question}/"}  # a draft is nowhere for others, not forbidden


@pytest.mark.parametrize("name", sorted(EVERYBODY))
@pytest.mark.parametrize("path", sorted(OPENS))
def test_pages_open_only_as_the_table_says(path, name, enquiry_at, browser_of):
    question = QuestionAnswer.objects.create(question="下書きの問い", answer="答え")
    address = path.format(pk=enquiry_at("answered").pk, question=question.pk)

    response = browser_of(name).get(address)

    if name in OPENS[path]:
        assert response.status_code == 200
    elif path in HIDDEN:
        assert response.status_code == 404
    else:
        assert response.status_code == (302 if name == "visitor" else 403)
