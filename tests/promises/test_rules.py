"""Rules of verdicts and answers, and where a recommendation stands: no database."""

from dataclasses import replace

import pytest

from tomoni.kernel.rules import broken
from tomoni.promises import rules
from tomoni.promises.rules import AnswerFacts, VerdictFacts
from tomoni.promises.standing import standing

VERDICT = VerdictFacts(verdict="dropped", why="担当者が決まらなかったため。", is_reported=True)
ANSWER = AnswerFacts(answer="adopted", reason="要領に書き加えた。", year=2020, recommended_in=2020)


@pytest.mark.parametrize(
    ("rule", "good", "spoiled"),
    [
        (rules.next_year_is_reported, VERDICT, {"is_reported": False}),
        (rules.verdict_has_its_reason, VERDICT, {"why": " "}),
        (rules.answer_has_its_reason, ANSWER, {"reason": "\n"}),
        (rules.answer_is_not_before_the_recommendation, ANSWER, {"year": 2019}),
    ],
    ids=lambda v: getattr(v, "code", ""),
)
def test_a_good_one_keeps_it_and_a_spoiled_one_does_not(rule, good, spoiled):
    assert rule(good)
    assert broken([rule], replace(good, **spoiled))[0].message == rule.message


def test_what_was_kept_needs_no_reason():
    assert rules.verdict_has_its_reason(VerdictFacts(verdict="kept", why="", is_reported=True))


@pytest.mark.parametrize(
    ("answers", "stands"),
    [
        ([], "unanswered"),
        (["considering"], "considered"),
        (["adopted"], "under_way"),
        (["considering", "partly"], "under_way"),
        (["adopted", "adopted"], "followed_up"),
        (["partly", "considering"], "considered"),
        (["partly", "considering", "adopted"], "followed_up"),
        (["declined"], "declined"),
        (["adopted", "declined"], "declined"),
    ],
)
def test_where_a_recommendation_stands(answers, stands):
    assert standing(answers) == stands
