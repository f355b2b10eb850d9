"""Drafts: kept letter for letter, never cut, and two people at once lose nothing."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from tests import make
from tests.reporting.conftest import AT, ROADS
from tomoni.history.models import Event
from tomoni.kernel.decisions import NotAllowed
from tomoni.parties.permissions import Role
from tomoni.reporting.models import LONGEST, Entry
from tomoni.reporting.services.drafting import Draft, EditedMeanwhile, Number, save_draft

RARE = "𠮷野家の葛󠄀城さん👩‍👩‍👧‍👦が\n=SUM(A1)と書いた"  # a rare 吉, an ideographic variant, a family


def test_rare_letters_emoji_and_line_ends_are_kept_exactly(lamps, roads):
    save_draft(lamps, Draft({"results": RARE, "remarks": " 前後の空白 "}), version=0, at=AT, by=roads)

    held = Entry.objects.get(pk=lamps.pk)
    assert (held.results, held.remarks, held.version, held.saved_by_id) == (RARE, " 前後の空白 ", 1, roads.user)


def test_the_longest_text_is_kept_and_a_longer_one_refused_whole(lamps, roads):
    save_draft(lamps, Draft({"results": "あ" * LONGEST}), version=0, at=AT, by=roads)

    with pytest.raises(ValidationError, match=r"10,000字までにしてください（いま100,000字）"):
        save_draft(lamps, Draft({"results": "い" * 100_000, "issues": "課題"}), version=1, at=AT, by=roads)

    held = Entry.objects.get(pk=lamps.pk)
    assert (len(held.results), held.issues, held.version) == (LONGEST, "", 1)


def test_the_second_of_two_editors_is_told_and_nothing_is_overwritten(lamps, roads, seat):
    other = seat("other", Role.OFFICER, make.department(ROADS))[2]
    save_draft(lamps, Draft({"results": "先に書いた。"}), version=0, at=AT, by=roads)

    with pytest.raises(EditedMeanwhile) as met:
        save_draft(lamps, Draft({"results": "後から書いた。"}), version=0, at=AT, by=other)

    assert met.value.entry.results == "先に書いた。"
    assert Entry.objects.get(pk=lamps.pk).results == "先に書いた。"


def test_words_of_somebody_else_that_give_way_stay_in_the_history(lamps, roads, seat):
    other = seat("other", Role.OFFICER, make.department(ROADS))[2]
    save_draft(lamps, Draft({"results": "先に書いた。"}), version=0, at=AT, by=roads)

    save_draft(lamps, Draft({"results": "書き直した。"}), version=1, at=AT, by=other)

    assert Event.objects.get(verb="replace").details == {"replaced": {"results": "先に書いた。"}}


def test_the_same_words_again_change_nothing_whatever_the_version(lamps, roads):
    save_draft(lamps, Draft({"results": "同じ。"}), version=0, at=AT, by=roads)

    save_draft(lamps, Draft({"results": "同じ。"}), version=0, at=AT, by=roads)

    assert Entry.objects.get(pk=lamps.pk).version == 1


def test_numbers_are_kept_with_their_entry_and_count_as_a_change(lamps, roads, indicator):
    save_draft(lamps, Draft({}, {indicator.pk: Number(Decimal("12.5"))}), version=0, at=AT, by=roads)
    save_draft(lamps, Draft({}, {indicator.pk: Number(None, "数えていない。")}), version=1, at=AT, by=roads)

    figure = lamps.figures.get()
    assert (figure.value, figure.why) == (None, "数えていない。")
    assert Entry.objects.get(pk=lamps.pk).version == 2


@pytest.mark.parametrize("who", ["parks", "division", "council"])
def test_only_the_department_in_charge_writes(request, lamps, who):
    with pytest.raises(NotAllowed, match="担当の課の人だけ"):
        save_draft(lamps, Draft({"results": "横から。"}), version=0, at=AT, by=request.getfixturevalue(who))

    assert Entry.objects.get(pk=lamps.pk).results == ""


def test_what_is_handed_in_is_not_rewritten(lamps, roads):
    Entry.objects.filter(pk=lamps.pk).update(state="handed_in")

    with pytest.raises(NotAllowed, match="取りやめて直す"):
        save_draft(lamps, Draft({"results": "後から。"}), version=0, at=AT, by=roads)

    assert Entry.objects.get(pk=lamps.pk).results == ""


@pytest.mark.parametrize(("fields", "why"), [({"status": "great"}, "一覧から"), ({"state": "published"}, "書けません")])
def test_unknown_words_and_fields_are_refused(lamps, roads, fields, why):
    with pytest.raises(ValidationError, match=why):
        save_draft(lamps, Draft(fields), version=0, at=AT, by=roads)

    assert Entry.objects.get(pk=lamps.pk).version == 0
