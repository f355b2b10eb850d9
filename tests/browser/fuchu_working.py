"""Fuchu's story, third part: the work, its report, and looking back together."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.fuchu_cast import TITLE
from tests.browser.stage import (
    Story,
    field_of,
    never,
    press,
    questions,
    reads,
    take,
    unfold,
    write,
)


def they_work_in_the_project_room(story: Story) -> None:
    story.on(7, 1)
    press(page := story.at("member", "projects/"), "事業の部屋を開く")
    story.keep("project", page)
    reads(page, f"「{TITLE}」の部屋を開きました。", "週2回見守る", "あかりを置く許可を出す")
    take(page, "始める")
    reads(page, "段階: 実施中")

    story.on(9, 1)
    for who, points in (
        ("member", ("進み具合を双方で確かめた", "お金の出入りを双方で確かめた")),
        ("officer", ("進み具合を双方で確かめた",)),
    ):
        page = story.at(who, "project")
        checklist = page.locator("section", has=page.get_by_role("heading", name="行っているとき"))
        for point in points:
            checklist.locator("tr", has_text=point).get_by_role("checkbox").check()
        press(checklist, "答えを保存する")
    row = page.locator("tr", has_text="お金の出入りを双方で確かめた")
    expect(row).to_contain_text("答えが違います")

    in_fold(page, "話し合いを記録する", {"題": "秋の見守り", "記録": "雨の日は休みます。"})
    reads(page, "雨の日は休みます。")
    in_fold(
        page, "変更を申し出る", {"変えること": "あかりを16か所にする", "理由": "電柱を避けるため"}, button="申し出る"
    )
    reads(page, "相手の返事を待っています。")
    page = story.at("member", "project")
    write(page, {"返事": "合意する", "ひとこと": "承知しました。"})
    press(page, "返事をする")
    reads(page, "合意しました")
    story.look(page, "project-room")
    story.shot(page, "story-08-room", high=900)

    page = story.at("officer", "project")
    press(page, "施策とつなぐ")
    page.get_by_label("施策", exact=False).last.select_option(index=1)
    press(page, "つなぐ")
    reads(page, "通学路の見守りを地域と進める")


def in_fold(page: Page, summary: str, told: dict[str, str], *, button: str = "記録する") -> None:
    """Write into the form under a fold, and send it."""
    fold = unfold(page, summary)
    write(fold, told)
    press(fold, button)


def the_year_ends_with_a_report(story: Story) -> None:
    story.on(2, 28, year=2027)
    press(page := story.at("member", "project"), "収支を書く")
    for row, (label, actual) in enumerate({"市の負担金": "120000", "会費": "30000"}.items(), start=1):
        write(page.locator("fieldset", has_text=f"{row}行目").last, {"費目": label, "決算": actual})
    write(
        page.locator("fieldset", has_text="3行目").last,
        {"区分": "支出", "費目": "あかりと保険", "予算": "150000", "決算": "150000"},
    )
    press(page, "保存する")
    reads(page, "収支を保存しました。", "あかりと保険")
    press(page, "完了報告を書く")
    write(
        page,
        {
            "行ったこと": "16か所にあかりを置き、64回見守りました。",
            "目標に対する結果": "不安を感じる人が、百人のうち60人から28人になりました。",
            "地域に起きた変化": "声を掛け合うようになりました。",
            "これからのこと": "次の冬も、当番を続けます。",
        },
    )
    story.look(page, "project-report")
    press(page, "保存する")
    take(page, "完了を報告する")
    reads(page, "段階: 報告済み")
    page = story.at("officer", "project")
    take(page, "完了にする")
    reads(page, "完了")
    public = story.at("visitor", "project")
    reads(public, "16か所にあかりを置き、64回見守りました。", "完了")
    never(public, "雨の日は休みます。", "電柱を避けるため")
    story.look(public, "project-public")


MARKS = {"member": "4", "officer": "4"}
APART = ("話し合いが足りていた", "2", "急ぐ相談の電話がつながりませんでした。")


def both_look_back_blind_and_then_together(story: Story) -> None:
    story.on(3, 5, year=2027)
    press(page := story.at("member", "project"), "相互評価を始める")
    story.keep("evaluation", page)
    reads(page, "相互評価を始めました。まず、あなたの側の評価を書いてください。")
    for who, mark in MARKS.items():
        press(page := story.at(who, "evaluation"), "あなたの側の評価を書く")
        items = questions(page)
        assert len(items) == 13
        write(page, dict.fromkeys(items, mark))
        if who == "member":
            write(page, {APART[0]: APART[1], f"「{APART[0]}」の理由": APART[2]})
            story.look(page, "evaluation-answer")
        field_of(page, "これで出す").check()
        press(page, "保存する")
        reads(page, "評価を出しました。")
        for other in ("officer", "division", "council", "visitor"):
            if who == "member":
                never(story.at(other, "evaluation"), APART[2])
                never(page := story.at(other, "search/?q=電話がつながり"), APART[2])
                page.said.clear()  # type: ignore[attr-defined]  # to some of them the evaluation is not there at all
    take(page := story.at("officer", "evaluation"), "開いて見くらべる")
    reads(page, "見くらべる", APART[2], "団体の評点から市の評点を引いた数")
    expect(page.locator("tr", has_text=APART[0])).to_contain_text("-2")
    expect(page.locator("ol > li", has_text=APART[0])).to_have_count(1)
    story.look(page, "evaluation-opened")
    story.shot(page, "story-09-gaps", of="#gaps + p + svg", high=760)
    told = unfold(page, "話し合いを記録する")
    write(told, {"話し合ったこと": "急ぐときの連絡先を、両方で決めておくことにしました。"})
    press(told, "記録する")
    in_fold(
        page,
        "改善の約束を加える",
        {"改善すること": "急ぐときの連絡先の表をつくる", "担当": "市", "期日": "2027-04-30"},
        button="加える",
    )
    take(page, "話し合いをまとめる")
    reads(page, "まとめ済み", "急ぐときの連絡先の表をつくる")


def the_council_speaks_and_it_is_published(story: Story) -> None:
    story.on(3, 20, year=2027)
    page = story.at("council", "turn/")
    reads(page, TITLE)
    story.look(page, "turn-council")
    take(page := story.at("council", "evaluation"), "意見を出す", "ほかの通学路にも広げてください。")
    reads(page, "ほかの通学路にも広げてください。")
    take(page := story.at("division", "evaluation"), "公表する")
    reads(page, "公表")
    public = story.at("visitor", "evaluation")
    reads(public, "急ぐときの連絡先の表をつくる", "ほかの通学路にも広げてください。")
    never(public, APART[2])
    story.look(public, "evaluation-public")


def everybody_finds_it_in_the_end(story: Story) -> None:
    page = story.at("visitor", "search/?q=夜道")
    reads(page, TITLE)
    story.look(page, "search")
    feed = page.request.get(f"/{story.city.slug}/feed.xml").text()
    assert TITLE in feed
    assert APART[2] not in feed
    page = story.at("visitor", "project")
    press(page, "1 通学路の見守りを地域と進める")
    reads(page, TITLE)
    story.look(page, "measure")
    for place, stop in (
        ("call", "相談"),
        ("introduction", "紹介"),
        ("proposal", "提案"),
        ("agreement", "協定"),
        ("project", "事業"),
        ("evaluation", "ふりかえり"),
    ):
        page = story.at("division", place)
        line = page.get_by_role("list", name="相談から計画の施策までの流れ")
        expect(line.locator("[aria-current=step]")).to_contain_text(stop)
        expect(line.get_by_role("link")).to_have_count(6)
    story.look(story.at("visitor", ""), "home")
