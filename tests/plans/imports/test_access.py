"""Who opens which page of the import: written by hand, not taken from the code."""

import pytest

from tests import make
from tests.plans.importing import papers
from tests.plans.imports.conftest import address
from tomoni.imports.models import Alias, Batch
from tomoni.parties.permissions import Role
from tomoni.tenants.scope import scope

SIGN_IN = 302  # to the sign-in page
READERS = {Role.OFFICER, Role.DIVISION}
# page -> roles that may, and what they see; everybody else is refused (403), and visitors are asked to sign in.
PAGES = {
    ("get", "imports", False): (READERS, 200),
    ("get", "import-upload", False): ({Role.DIVISION}, 200),
    ("get", "import-batch", True): (READERS, 200),
    ("get", "import-file", True): (READERS, 200),
    ("post", "import-choose", True): ({Role.DIVISION}, 302),
    ("post", "import-bulk", True): ({Role.DIVISION}, 302),
    ("post", "import-commit", True): ({Role.DIVISION}, 302),
    ("post", "import-undo", True): ({Role.DIVISION}, 403),  # nothing is in force yet
    ("post", "import-again", True): ({Role.DIVISION}, 302),
}


@pytest.fixture
def batch(city) -> Batch:
    return papers.batch(papers.two_measures())


def opened(client, page, batch):
    method, name, is_of_a_batch = page
    data = {"revision": batch.revision} if method == "post" else {}
    answer = getattr(client, method)(address(name, *([batch.pk] if is_of_a_batch else [])), data)
    if answer.streaming:
        answer.getvalue()  # read to its end, a file is closed; closing by hand would end the connection on PostgreSQL
    return answer


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page[1])
@pytest.mark.parametrize("role", list(Role))
def test_a_page_of_the_import_opens_only_for_those_the_table_names(page, role, browser, batch):
    roles, code = PAGES[page]
    before = Batch.objects.get(pk=batch.pk).revision

    answer = opened(browser(role), page, batch)

    assert answer.status_code == (code if role in roles else 403)
    if role not in roles:
        assert Batch.objects.get(pk=batch.pk).revision == before


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page[1])
def test_a_visitor_is_asked_to_sign_in(page, browser, batch):
    answer = opened(browser(), page, batch)

    assert answer.status_code == SIGN_IN
    assert "/accounts/login/" in answer["Location"]


def test_a_spelling_is_forgotten_by_the_division_alone(browser, batch):
    alias = Alias.objects.create(kind="status", spelling="○", meaning="on_track")

    assert browser(Role.OFFICER).post(address("import-forget", alias.pk)).status_code == 403
    assert Alias.objects.filter(pk=alias.pk).exists()
    assert browser(Role.DIVISION).post(address("import-forget", alias.pk)).status_code == 302
    assert not Alias.objects.filter(pk=alias.pk).exists()


@pytest.mark.parametrize("name", ["import-batch", "import-file"])
def test_another_citys_import_is_nowhere(name, browser, batch, city):
    other = make.city("umibeno", name="海辺野市", code="139997")
    with scope(other):
        make.rulebook()
        theirs = make.batch(plan=type("P", (), {"pk": None})(), content=b"theirs")

    answer = browser(Role.DIVISION).get(address(name, theirs.pk))

    assert answer.status_code == 404


def test_acts_are_never_done_by_opening_an_address(division, batch):
    for name in ("import-choose", "import-bulk", "import-commit", "import-undo", "import-again"):
        assert division.get(address(name, batch.pk)).status_code == 405


def test_an_officer_reads_the_review_but_finds_no_form(browser, batch):
    page = browser(Role.OFFICER).get(address("import-batch", batch.pk)).content.decode()

    assert "もとの表 I11" in page
    assert "この取組の判断を保存" not in page
    assert "計画に反映できるのは、協働担当課だけです。" in page
    assert page.count("<textarea") == 0
