"""A grant in Ama, in Ama's own words: five forms with their points to watch, and three checklists of six points.

The same rooms as in Fuchu, with another rulebook; nothing of Fuchu's words may stand on any page.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.stage import Story, field_of, never, paper, press, questions, reads, take, words_of_pdf, write
from tests.browser.stage import calendar as calendar
from tests.browser.stage import founded as founded
from tomoni.parties.permissions import Role

TITLE = "畑でつながる朝ごはん"
GROUP, DIVISION, FARMING, JURY = "七つ畑の会", "企画政策課", "農政課", "補助金審査会"
CAST = {
    "member": ("畑野 実", GROUP, Role.MEMBER),
    "officer": ("農田 守", FARMING, Role.OFFICER),
    "division": ("企画 まとめ", DIVISION, Role.DIVISION),
    "first": ("審査 一郎", JURY, Role.SCREENER),
    "second": ("審査 二子", JURY, Role.SCREENER),
    "third": ("審査 三郎", JURY, Role.SCREENER),
}
FORMS = ["後援", "事業協力", "事業共催", "補助・助成", "事業委託"]
CONSIDERING = [
    "目的を共有できる",
    "お互いの特性や得意分野が活かされる",
    "実現の方法を共有できる",
    "信頼関係を築ける",
    "立場やお金に関わらず、対等になれる",
    "手間をかけても協働で取り組む意義や効果がある",
]
PLANNING = [
    "課題、目的、成果目標をよく話し合う",
    "お互いの特性や得意分野を理解する",
    "できることを考え、役割と責任の分担を話し合う",
    "経費の負担と、資金の運用・管理を話し合う",
    "重要な事項を文書にして、互いに確かめる",
    "計画していることを知らせる",
]
DOING = [
    "目的や手法を振り返り、直しながら取り組む",
    "強みや得意分野を活かし、助け合う",
    "任せきりにせず、役割を自覚して取り組む",
    "経費と資金は計画どおりで、変わるときは話し合う",
    "言いたいことを言える対等な関係で進める",
    "進み具合を知らせる",
]
ELSEWHERE = ("府中", "基本方針", "協働推進課", "プラッツ")


@pytest.fixture
def story(founded) -> Story:
    """あま市 in April 2026: the division, a department, a group, and those who judge."""
    made = founded("ama", departments=(DIVISION, FARMING, JURY), others={GROUP: "purpose"})
    made.people(CAST)
    return made


def test_a_grant_in_ama_in_its_own_words(story):
    the_division_opens_the_grant_of_the_rulebook(story)
    the_group_asks_for_it_and_it_is_granted(story)
    both_consider_the_six_points(story)
    five_forms_are_explained_to_each_side(story)
    both_sign_and_go_through_the_checklists(story)


def words_of_ama(page: Page) -> None:
    """No word of another city stands here."""
    never(page, *ELSEWHERE)


def the_division_opens_the_grant_of_the_rulebook(story: Story) -> None:
    page = story.at("division", "proposals/")
    reads(page, "補助・助成")
    press(page, "ルールブックにある制度を取り入れる")
    reads(page, "1件の制度を取り入れました。", "コミュニティ活動推進事業補助金")
    press(page, "募集を始める")
    write(
        page,
        {
            "制度": "コミュニティ活動推進事業補助金",
            "募集の名前": "令和8年度の補助",
            "担当課": FARMING,
            "募集のはじまり": "2026-04-01",
            "募集のおわり": "2026-04-30",
            "審査する会議": JURY,
        },
    )
    press(page, "募集を残す")
    story.keep("round", page)
    words_of_ama(page)


ANSWERS = {
    "地域の課題": "朝ごはんを一人で食べる子どもがいます。",
    "事業の目的": "畑の野菜で朝ごはんを囲みます。",
    "だれのための事業か": "小学生",
    "協働の形態": "補助・助成",
    "行うこと": "月に2回、畑の小屋で朝ごはんをつくります。",
    "日程": "6月から翌年2月",
    "目標": "30人が通います。",
    "提案者の役割": "調理と畑",
    "市に求める役割": "費用の一部と、農家への声かけ",
    "一緒に取り組む理由": "農家とつながれます。",
    "期待する効果": "畑を知る子が増えます。",
    "終わった後も続けるか": "今回で終わる",
}


def the_group_asks_for_it_and_it_is_granted(story: Story) -> None:
    story.on(4, 20)
    press(page := story.at("member", "round"), "提案を始める")
    write(page, {"事業名": TITLE})
    press(page, "下書きを始める")
    write(page, ANSWERS)
    for row, (head, label) in {"収入の1行目": ("市の負担", "補助金"), "支出の1行目": ("消耗品・備品", "食材")}.items():
        write(page, {f"{row}の科目": head, f"{row}の内容": label, f"{row}の金額": "80000"})
    press(page, "保存して提案のページへ")
    story.keep("proposal", page)
    take(page, "提出する")
    reads(page, "受付済み")
    assert TITLE in words_of_pdf(paper(page, "受付の控え"))

    story.on(5, 10)
    take(story.at("division", "proposal"), "審査に進める")
    criteria = ("課題が", "公益性", "協働で", "役割分担", "実現", "経費", "先に")
    for who in ("first", "second", "third"):
        press(page := story.at(who, "proposal"), "採点する")
        write(page, dict.fromkeys(criteria, "4"))
        press(page, "採点を出す")
    reads(page, "全員の採点がそろいました", f"1位 {TITLE}")
    take(page := story.at("division", "proposal"), "採択する", "畑と子どもをつなぐ工夫があります。")
    reads(page, "採択")
    words_of_ama(page)


def both_consider_the_six_points(story: Story) -> None:
    story.on(5, 15)
    press(page := story.at("member", "proposal"), "適性を確かめる")
    press(page, "はじめる")
    story.keep("suitability", page)
    assert questions(page) == CONSIDERING
    for who in ("member", "officer"):
        page = story.at(who, "suitability")
        write(page, dict.fromkeys(CONSIDERING, "はい"))
        press(page, "答えを出す")
    write(page, {"結果": "協働に適している", "判断の理由": "6つとも、双方が「はい」でした。"})
    field_of(page, "双方で話し合って決めました").check()
    press(page, "結果を記録する")
    reads(page, "結果: 協働に適している")
    story.look(page, "suitability")


def five_forms_are_explained_to_each_side(story: Story) -> None:
    press(page := story.at("officer", "suitability"), "案をつくりはじめる")
    press(page, "はじめる")
    story.places["choose"] = "/" + page.url.split("/", 3)[3]
    headings = page.locator("section.card h3").all_inner_texts()
    assert sorted(text.split()[0] for text in headings) == sorted(FORMS)
    told = page.content()
    assert "自立と自主性を損なわないように、関わりすぎません。" in told
    assert "補助だけに頼らず" not in told
    page = story.at("member", "choose")
    told = page.content()
    assert "補助だけに頼らず" in told
    assert "関わりすぎません。" not in told
    story.look(page, "forms")
    chosen = page.locator("form", has=page.get_by_role("button", name="この形態にする"))
    write(chosen, {"協働の形態": "補助・助成", "この形態を選んだ理由": "会が自分から行う事業だからです。"})
    press(chosen, "この形態にする")
    words_of_ama(page)


def both_sign_and_go_through_the_checklists(story: Story) -> None:
    page = story.windows["member"]
    reads(page, "補助・助成で気をつけること")
    write(
        page,
        {
            "目的": "畑の野菜で朝ごはんを囲みます。",
            "期間のはじまり": "2026-06-01",
            "期間のおわり": "2027-02-28",
            "全体の費用": "80000",
        },
    )
    for row, who, what in ((1, GROUP, "朝ごはんをつくる"), (2, FARMING, "農家に声をかける")):
        write(page.locator("fieldset", has_text=f"役割 {row}").last, {"だれが": who, "何をする": what})
    share = {"だれが": FARMING, "何を": "補助金", "金額": "80000"}
    write(page.locator("fieldset", has_text="分担 1").last, share)
    press(page, "案を保存する")
    story.keep("agreement", page)
    take(page, "案を固めて署名を求める")
    for who in ("member", "officer"):
        page = story.at(who, "agreement")
        field_of(page, "内容を読み、この版に署名します").check()
        press(page, "署名する")
    reads(page, "第1版を令和8年5月15日に締結しました")

    story.on(6, 1)
    press(page := story.at("member", "projects/"), "事業の部屋を開く")
    story.keep("project", page)
    both_tick(story, "計画段階において", PLANNING)
    take(story.at("member", "project"), "始める")
    both_tick(story, "実施段階において", DOING)
    page = story.at("visitor", "project")
    reads(page, TITLE, "実施中", "補助・助成")
    words_of_ama(page)
    story.look(page, "project")


def both_tick(story: Story, name: str, points: list[str]) -> None:
    """Both sides answer the checklist of this stage; they agree on all but the first point."""
    for who, done in (("member", points), ("officer", points[1:])):
        page = story.at(who, "project")
        checklist = page.locator("section", has=page.get_by_role("heading", name=name))
        rows = [text.strip() for text in checklist.locator("tbody th").all_inner_texts()]
        assert [row.removesuffix("答えが違います").strip() for row in rows] == points
        for point in done:
            checklist.locator("tr", has_text=point).get_by_role("checkbox").check()
        press(checklist, "答えを保存する")
    expect(page.get_by_text("答えが違います")).to_have_count(1)
    words_of_ama(page)
