"""Bringing in a list of groups: read, compared, decided by a person, put in force at once, taken back at once."""

from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from tests import make
from tests.organisations.registering import NOON, THIS, accepted, book, browser
from tomoni.imports.align import Known, Match
from tomoni.imports.models import Batch
from tomoni.imports.reading.limits import Unreadable
from tomoni.imports.reading.read import read
from tomoni.imports.services import AlreadyTaken, Moved, Upload
from tomoni.imports.services import decide as keep_decisions
from tomoni.kernel.decisions import NotAllowed
from tomoni.kernel.japanese import search_key
from tomoni.organisations import grouplist, selectors
from tomoni.organisations.models import Contact, Profile, Registration
from tomoni.organisations.names import bare, beside
from tomoni.organisations.reviewing import decisions, review
from tomoni.organisations.services import Intention, commit, receive, undo
from tomoni.parties.models import Party
from tomoni.search.selectors import found

pytestmark = pytest.mark.django_db
HEAD = ["No", "団体名", "活動分野", "活動内容", "会員数", "代表者氏名", "電話番号", "備考"]
ROWS = [
    [
        "1",
        "ひだまり文庫",
        "学び・教育、文化・芸術",
        "古い家で本を貸しています",
        "14名",
        "架空 本子",
        "000-2222-3333",
        "鍵は事務局",
    ],
    ["2", "にじいろ食堂会", "子ども・子育て", "夕食の会", "9", "架空 代表子", "000-0000-1234", ""],
    ["3", "みどり野パトロール隊", "防災・防犯、夜回り", "夜の見回り", "約20", "", "", ""],
]


def workbook(rows: list[list[str]] = ROWS) -> bytes:
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.append(["登録団体一覧"])
    sheet.append(HEAD)
    for row in rows:
        sheet.append(row)
    sheet.append(["計", str(len(rows))])
    kept = BytesIO()
    made.save(kept)
    return kept.getvalue()


def received(by, content: bytes | None = None, name: str = "名簿.xlsx") -> Batch:
    return receive(Upload(name, content or workbook()), Intention(THIS, "neighbours"), at=NOON, by=by)


def decide(batch: Batch, by, **answers: str) -> Batch:
    posted = {f"row-{key[1:]}": value for key, value in answers.items() if key.startswith("r")}
    posted |= {key: value for key, value in answers.items() if not key.startswith("r")}
    return keep_decisions(batch, decisions(posted, review(batch, book())), revision=batch.revision, at=NOON, by=by)


def put_in_force(batch: Batch, by) -> Batch:
    return commit(batch, book=book(), revision=batch.revision, at=NOON, by=by)


def test_every_filled_cell_is_a_value_or_set_aside_with_a_reason():
    content = workbook()
    document = grouplist.document_of(read(content, name="名簿.xlsx"))

    told = {at for row in document["rows"] for _text, at in row["values"].values()}
    told |= {at for row in document["rows"] for _heading, _text, at in row["others"]}
    told |= {at for at, _text, _why in document["aside"]}
    grid = {cell.at for cell in read(content, name="名簿.xlsx").cells() if cell.row != 1}
    assert grid - told == set()
    assert [why for _at, _text, why in document["aside"]] == ["表の前にあります", "合計の行です", "合計の行です"]


def test_columns_of_persons_are_recognised_as_such():
    document = grouplist.document_of(read(workbook(), name="名簿.xlsx"))

    assert grouplist.personal_columns(document) == ["代表者氏名", "電話番号"]
    assert grouplist.unknown_columns(document) == ["No", "備考"]


@pytest.mark.parametrize(
    ("texts", "kind", "values", "notes"),
    [
        ({"name": "会", "kind": "職人の会", "members": "１２名"}, "crafts", {"members": 12}, 0),
        ({"name": "会", "kind": "宇宙人", "members": "約20"}, "neighbours", {}, 2),
        ({"name": "会", "field": "防災・防犯、夜回り"}, "neighbours", {"field": ["safety"]}, 1),
        ({"name": "会", "kind": "役場"}, "neighbours", {}, 1),
    ],
)
def test_what_cannot_be_read_stays_out_and_is_said(texts, kind, values, notes):
    read_row = grouplist.read(texts, book(), default_kind="neighbours")

    assert (read_row.kind, dict(read_row.values), len(read_row.notes)) == (kind, values, notes)


def test_near_twins_are_shown_and_never_merged_by_the_machine(group, division):
    batch = received(division)

    seen = review(batch, book())

    assert [(row.line.name, row.line.aligned.match.value) for row in seen.rows] == [
        ("ひだまり文庫", "new"),
        ("にじいろ食堂会", "unsure"),
        ("みどり野パトロール隊", "new"),
    ]
    assert [candidate.name for candidate in seen.rows[1].candidates] == ["にじいろ食堂の会"]
    with pytest.raises(NotAllowed, match="まだ決めていない行が1行あります。"):
        put_in_force(batch, division)
    assert (Party.objects.filter(name="ひだまり文庫").count(), Registration.objects.count()) == (0, 0)


def test_a_decided_list_is_put_in_force_at_once(group, division):
    batch = decide(received(division), division, r1=str(group.pk))

    done = put_in_force(batch, division)

    assert (done.stage, len(done.changes)) == ("committed", 3)
    assert Party.objects.filter(name="にじいろ食堂会").count() == 0
    assert Profile.objects.get(party=group).summary == "夕食の会"
    assert selectors.registered_by_year() == [(THIS, 3)]
    assert Registration.objects.get(party=group).state == "accepted"
    assert [entry.title for entry in found("古い家")] == ["ひだまり文庫"]
    with pytest.raises(NotAllowed):
        put_in_force(done, division)


def test_contacts_are_left_out_unless_somebody_takes_them_and_are_never_found(group, division):
    put_in_force(decide(received(division), division, r1="skip"), division)
    assert Contact.objects.count() == 0

    more = received(division, workbook([["1", "つきよの会", "", "月を見ます", "", "架空 月子", "000-9999-0000", ""]]))
    put_in_force(decide(more, division, contacts="yes"), division)

    contact = Contact.objects.get()
    assert (contact.name, contact.phone, contact.party.name) == ("架空 月子", "000-9999-0000", "つきよの会")
    assert [found(word).count() for word in ("架空 月子", "000-9999", "月を見")] == [0, 0, 1]
    assert "000-9999" not in str([r.answers for r in Registration.objects.all()])


def test_taking_it_back_leaves_everything_as_before(group, member, coordinator, division):
    accepted(group, member, coordinator)
    before = (Profile.objects.get(party=group).summary, Registration.objects.count(), Party.objects.count())
    done = put_in_force(decide(received(division), division, r1=str(group.pk)), division)
    assert Profile.objects.get(party=group).summary == "夕食の会"

    undone = undo(done, book=book(), revision=done.revision, at=NOON, by=division)

    after = (Profile.objects.get(party=group).summary, Registration.objects.count(), Party.objects.count())
    assert (undone.stage, after) == ("undone", before)
    assert found("古い家").count() == 0
    again = put_in_force(undone, division)
    assert (again.stage, selectors.registered_by_year()) == ("committed", [(THIS, 3)])


def test_next_years_list_asks_nothing_that_was_answered(group, division):
    put_in_force(decide(received(division), division, r1=str(group.pk)), division)

    again = review(received(division, workbook([*ROWS, ["4", "つきよの会", "", "", "", "", "", ""]])), book())

    assert [row.line.aligned.match.value for row in again.rows] == ["same", "same", "same", "new"]
    assert again.rows[1].line.aligned.known == group.pk


def test_the_same_bytes_are_not_taken_twice(group, division):
    content = workbook()
    put_in_force(decide(received(division, content), division, r1="skip"), division)

    with pytest.raises(AlreadyTaken):
        received(division, content)

    assert Batch.objects.count() == 1


def test_two_windows_cannot_both_put_it_in_force(group, division):
    batch = decide(received(division), division, r1="new")
    put_in_force(batch, division)

    with pytest.raises(Moved):
        commit(batch, book=book(), revision=batch.revision, at=NOON, by=division)

    assert Registration.objects.count() == 3


def test_only_the_division_brings_a_list_in(member, coordinator, division):
    for actor in (member, coordinator):
        with pytest.raises(NotAllowed):
            received(actor)

    assert Batch.objects.count() == 0


@pytest.mark.parametrize(
    "content", [b"", b"\x00\x01\x02", b"%PDF-1.7 nothing", b"PK\x03\x04broken", "見出しのない文章です。".encode()]
)
def test_a_file_that_is_no_list_is_refused_in_one_sentence(content, division):
    with pytest.raises(Unreadable) as told:
        receive(Upload("名簿.xlsx", content), Intention(THIS, "neighbours"), at=NOON, by=division)

    assert str(told.value).endswith("。")
    assert Batch.objects.count() == 0


def test_the_whole_way_over_the_pages(group, division, member):
    client = browser(division)
    sent = SimpleUploadedFile(
        "名簿.csv", ("団体名,活動内容,電話\nにじいろ食堂会,夕食の会,000-1\n月の会,月を見る,\n").encode()
    )

    answer = client.post(
        reverse("organisation-lists", args=["midorino"]), {"file": sent, "year": THIS, "kind": "neighbours"}
    )
    batch = Batch.objects.get()
    page = reverse("organisation-list", args=["midorino", batch.pk])
    assert answer.url == page
    text = client.get(page).content.decode()
    assert "登録簿の「にじいろ食堂の会」（隣組）と同じ団体" in text
    assert "月の会" in text

    refused = client.post(page + "commit/", {"revision": batch.revision})
    assert refused.status_code == 422
    client.post(page + "decide/", {"revision": batch.revision, "row-0": str(group.pk)})
    batch.refresh_from_db()
    stale = client.post(page + "commit/", {"revision": batch.revision - 1})
    assert stale.status_code == 422
    assert client.post(page + "commit/", {"revision": batch.revision}).status_code == 302
    assert Registration.objects.count() == 2
    batch.refresh_from_db()
    assert "反映を取り消す" in client.get(page).content.decode()
    assert client.post(page + "undo/", {"revision": batch.revision}).status_code == 302
    assert Registration.objects.count() == 0
    assert client.post(page + "explode/", {"revision": 1}).status_code == 404
    assert browser(member).post(page + "commit/", {"revision": batch.revision}).status_code == 403


def test_a_refused_file_is_told_beside_the_field(division):
    sent = SimpleUploadedFile("名簿.xlsx", b"GIF89a")

    answer = browser(division).post(
        reverse("organisation-lists", args=["midorino"]), {"file": sent, "year": THIS, "kind": "neighbours"}
    )

    assert answer.status_code == 422
    assert "表の入ったファイル" in answer.content.decode()


def test_a_choice_nobody_was_shown_is_not_taken(group, division):
    stranger = make.group("まったく別の会")
    batch = received(division)

    decided = decisions({"row-1": str(stranger.pk), "row-0": "999"}, review(batch, book()))

    assert decided == []


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("みどり体操クラブ", "みどり体操くらぶ"),
        ("NPO法人 こどもの縁側", "特定非営利活動法人こどもの縁側"),
        ("株式会社 みほん製作所", "みほん製作所（株）"),
        ("つながり・ひろば", "つながりひろば"),
    ],
)
def test_other_ways_of_writing_a_name_are_near_twins_and_never_the_same(one, two):
    found_pair = beside([{"name": two}], [Known(7, one)])[0]

    assert (found_pair.match, found_pair.candidates, found_pair.known) == (Match.UNSURE, (7,), None)


@given(st.text(max_size=30))
def test_a_name_is_never_bared_to_nothing_unless_it_was_nothing(name):
    assert bool(bare(name)) == bool(search_key(name))
    assert beside([{"name": name}], [])[0].match in {Match.NEW, Match.UNSURE}
