"""What the program proposes for a promise, held against verdicts that people gave by reading the sentences below."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tomoni.promises.chain import Because, Outcome, Proposal, Report, is_promised_again, propose
from tomoni.promises.wording import match, words_of

LETTERS = "市民講座開増やすをのカフェsns3回。、・①②「」\n "
# Judged by hand before the program saw them: promise, the next year's results, verdict. The sentences are our own.
JUDGED = [
    ("若者向けの夜間講座を新たに開く。", "若者に向けた夜間の講座を3回開き、42人が参加した。", "kept"),
    ("商店会と組み、空き店舗の見学会を催す。", "空き店舗の見学会を商店会と2回催した。", "kept"),
    ("手話通訳を付けた相談会を増やす。", "手話通訳付きの相談会を年4回に増やした。", "kept"),
    ("図書館に団体紹介の棚を置く。", "図書館の1階に、団体紹介の棚を置いた。", "kept"),
    ("申請書の様式を簡素にする。", "申請書の様式を2枚から1枚にし、簡素にした。", "kept"),
    ("引き続き、公園清掃の団体に用具を貸し出す。", "公園清掃をする9団体に用具を貸し出した。", "kept"),
    ("SNSでの発信とチラシの配布を学校にも広げる。", "SNSでの発信を毎週行った。", "partly"),
    ("防災訓練に外国人住民と大学生を招く。", "防災訓練に大学生20人が加わった。", "partly"),
    ("補助金の説明会を開き、動画でも公開する。", "補助金の説明会を2回開いた。", "partly"),
    ("農家と子どもをつなぐ収穫体験を始める。", "広報紙で市民農園の空きを知らせた。", "dropped"),
    ("先進自治体を視察し、運営の仕組みを学ぶ。", "例年どおり定例会を5回開いた。", "dropped"),
    ("登録団体の名簿を英語でも公開する。", "窓口の開館日を週6日にした。", "dropped"),
    ("空き教室を使った居場所を2か所に増やす。", "感染症のため、空き教室の居場所は開けなかった。", "dropped"),
    ("審査の基準を公表する。", "応募は4件で、2件を採択した。", "dropped"),
    ("引き続き実施する。", "講座を3回開いた。", "unclear"),
    ("出張相談を地区ごとに開く。", "", "unclear"),
]


@pytest.mark.parametrize(("promise", "results", "verdict"), JUDGED, ids=[promise[:12] for promise, *_ in JUDGED])
def test_the_program_says_what_people_said(promise, results, verdict):
    assert propose(promise, Report(), Report(results=results, status="on_track")).outcome == verdict


def test_it_names_the_words_it_found_and_those_it_missed():
    said = propose(
        "SNSでの発信とチラシの配布を学校にも広げる。", Report(), Report(results="会を開いた。SNSでの発信を毎週行った。")
    )

    assert said == Proposal(
        Outcome.PARTLY, Because.WORDS, ("SNS", "発信"), ("チラシ", "配布", "学校"), "SNSでの発信を毎週行った。"
    )


@pytest.mark.parametrize(
    ("later", "is_again"),
    [
        ("窓口を週末にも開く。", True),
        ("引き続き、窓口を週末にも開く。", True),
        ("また、今後も窓口を週末にも開く", True),
        ("チラシを配る。窓口を週末にも開く。", True),
        ("窓口を平日の夜にも開く。", False),
        ("", False),
    ],
)
def test_promised_again_means_word_for_word(later, is_again):
    assert is_promised_again("窓口を週末にも開く。", later) is is_again


def test_what_is_promised_again_is_proposed_as_repeated_with_the_words_found():
    later = Report(results="窓口を週末に12回開いた。", next_action="引き続き、窓口を週末にも開く。")

    said = propose("窓口を週末にも開く。", Report(), later)

    assert (said.outcome, said.because, said.found) == (Outcome.REPEATED, Because.AGAIN, ("窓口", "週末"))


@pytest.mark.parametrize(
    ("made", "after", "outcome", "because"),
    [
        ({}, {"results": "見学会を催した。"}, Outcome.KEPT, Because.WORDS),
        ({}, {"remarks": "見学会を催した。"}, Outcome.KEPT, Because.WORDS),
        ({}, {"results": "見学会を催した。", "status": "off_track"}, Outcome.PARTLY, Because.BEHIND),
        (
            {"results": "見学会を催した。"},
            {"results": "見学会を 催した。"},
            Outcome.UNCLEAR,
            Because.SAME_REPORT,
        ),
        ({}, {"results": "見学会は中止した。"}, Outcome.DROPPED, Because.NOT_DONE),
        ({}, {"status": "on_track"}, Outcome.UNCLEAR, Because.NO_REPORT),
    ],
)
def test_signs_that_make_the_program_more_careful(made, after, outcome, because):
    said = propose("見学会を催す。", Report(**made), Report(**after))

    assert (said.outcome, said.because) == (outcome, because)


def test_the_sentence_that_speaks_against_it_is_shown():
    said = propose("見学会と交流会を催す。", Report(), Report(results="交流会を催した。見学会は中止した。"))

    assert (said.outcome, said.sentence, said.against) == (Outcome.PARTLY, "交流会を催した。", "見学会は中止した。")


def test_words_of_the_measures_own_title_weigh_less():
    plain = match(words_of("出前講座を英語で開く。"), "出前講座を開いた。")
    known = match(words_of("出前講座を英語で開く。", topic="出前講座の実施"), "出前講座を開いた。")

    assert round(plain.share, 2) == 0.71
    assert round(known.share, 2) == 0.54


def test_a_long_word_is_found_in_its_pieces():
    assert match(words_of("地区防災計画研修"), "研修で地区の防災計画を学んだ。").found == ("地区", "防災計画", "研修")


@given(st.text(LETTERS, max_size=40), st.text(LETTERS, max_size=40))
def test_any_text_gets_an_answer_and_a_share_between_none_and_all(promise, results):
    held = match(words_of(promise), results)

    assert 0 <= held.share <= 1
    assert propose(promise, Report(), Report(results=results)).outcome in Outcome
