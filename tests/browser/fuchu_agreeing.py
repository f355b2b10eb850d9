"""Fuchu's story, second part: does it suit, in which form, on which terms."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.fuchu_cast import GROUP, ROADS, TITLE
from tests.browser.stage import (
    Story,
    field_of,
    never,
    paper,
    press,
    questions,
    reads,
    take,
    unfold,
    words_of_docx,
    words_of_pdf,
    write,
)


def both_sides_test_whether_it_suits(story: Story) -> None:
    story.on(6, 20)
    press(page := story.at("member", "proposal"), "適性を確かめる")
    press(page, "はじめる")
    story.keep("suitability", page)
    items = questions(page)
    assert len(items) == 9
    for who, answer, reason in (
        ("member", "はい", "住民が毎日通る道です。"),
        ("officer", "分からない", "保険の費用がまだ分かりません。"),
    ):
        page = story.at(who, "suitability")
        never(page, "住民が毎日通る道です。")
        for item in items:
            write(page, {item: "はい"})
        write(page, {"経費の妥当性": answer, "そう考える理由（経費の妥当性）": reason})
        press(page, "答えを出す")
        reads(page, "答えを出しました。")
    expect(page.locator("tr", has_text="違い")).to_have_count(1)
    reads(page, "住民が毎日通る道です。", "保険の費用がまだ分かりません。")
    write(page, {"結果": "協働に適している", "判断の理由": "保険は市の一括の保険に入れると分かりました。"})
    field_of(page, "双方で話し合って決めました").check()
    press(page, "結果を記録する")
    reads(page, "結果: 協働に適している")
    story.look(page, "suitability")
    story.shot(page, "story-06-suitability", high=900)


def they_choose_a_form_and_write_the_agreement(story: Story) -> None:
    story.on(6, 25)
    press(page := story.at("member", "suitability"), "案をつくりはじめる")
    press(page, "はじめる")
    write(page, {"どのように関わりますか": "人、物、情報を出し合う"})
    field_of(page, "団体の事業に、市がお金を出す").uncheck()
    press(page, "合う形態を調べる")
    fit = page.locator("section.card", has=page.get_by_role("heading", name="事業協力"))
    expect(fit).to_contain_text("合いそう")
    unfold(fit, "気をつけること")
    reads(page, "続けて行うときは、決まった時期に評価や振り返りをします。")
    story.look(page, "form-choice")
    chosen = page.locator("form", has=page.get_by_role("button", name="この形態にする"))
    write(
        chosen,
        {
            "協働の形態": "事業協力",
            "この形態を選んだ理由": "道路と見守りを出し合うためです。",
            "この相手と取り組む理由": "毎日この道を通る人たちの会だからです。",
        },
    )
    press(chosen, "この形態にする")
    reads(page, "協働の形態を選びました。続けて案を書いてください。")
    write(
        page,
        {"目的": "子どもが安心して帰れる道にします。", "期間のはじまり": "2026-07-01", "期間のおわり": "2027-02-28"},
    )
    duty(page, 1, who=GROUP, what="週2回見守る", due="2027-02-28")
    duty(page, 2, who=ROADS, what="あかりを置く許可を出す", due="2026-07-10")
    write(page, {"全体の費用": "150000"})
    share(page, 1, who=ROADS, what="市の負担金", amount="120000")
    share(page, 2, who=GROUP, what="会費", amount="30000")
    story.look(page, "agreement-write")
    press(page, "案を保存する")
    story.keep("agreement", page)
    reads(page, "案を保存しました。", "第1条")
    take(page := story.at("officer", "agreement"), "案を固めて署名を求める")
    reads(page, "署名待ち", "第1版の署名")
    never(story.at("visitor", "agreement"), "見守る")


def duty(page: Page, row: int, *, who: str, what: str, due: str) -> None:
    """Write a row of the duties."""
    write(page.locator("fieldset", has_text=f"役割 {row}").last, {"だれが": who, "何をする": what, "いつまで": due})


def share(page: Page, row: int, *, who: str, what: str, amount: str) -> None:
    """Write a row of the costs."""
    write(page.locator("fieldset", has_text=f"分担 {row}").last, {"だれが": who, "何を": what, "金額": amount})


def both_sign_and_take_the_paper_home(story: Story) -> None:
    story.on(6, 30)
    story.shot(story.at("member", "agreement"), "story-07-sign", of="#signing")
    for who in ("member", "officer"):
        page = story.at(who, "agreement")
        field_of(page, "内容を読み、この版に署名します").check()
        press(page, "署名する")
        reads(page, "第1版に署名しました。")
    reads(page, "第1版を令和8年6月30日に締結しました")
    story.look(page, "agreement")
    pdf = words_of_pdf(paper(page, "PDFで受け取る"))
    word = words_of_docx(paper(page, "Wordで受け取る"))
    for text in (TITLE, "週2回見守る", "架空花江", "道野進"):
        assert text in pdf
        assert text in word.replace(" ", "")
    public = story.at("visitor", "agreement")
    reads(public, "週2回見守る", "締結した日")
    never(public, "架空 花江", "毎日この道を通る人たちの会だからです。")
    story.look(public, "agreement-public")
