"""Fuchu's story, first part: a call, a partner, a proposal, its screening."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.fuchu_cast import DESK, GROUP, ISSUE, JURY, PARTNER, ROADS, TITLE
from tests.browser.stage import (
    Story,
    field_of,
    never,
    paper,
    press,
    reads,
    take,
    unfold,
    words_of_pdf,
    write,
)


def the_desk_notes_a_call(story: Story) -> None:
    story.on(4, 9)
    page = story.at("coordinator", "desk/new/")
    write(page, {"相談の内容": ISSUE, "テーマ": "一緒に取り組む相手を探している", "相談した人": "けやき台の架空さん"})
    story.shot(page, "story-01-desk")
    press(page, "記録する")
    reads(page, "を記録しました。", f"いまは {DESK} の番です", "対応中")
    story.keep("call", page)
    page.get_by_role("button", name="確認用のアドレスを渡す").click()
    press(page, "新しくする")
    story.places["asked"] = page.locator(".private-link").inner_text().split("/", 3)[3].join(["/", ""])

    take(page := story.at("coordinator", "call"), "回答する", "あかりに詳しい団体を紹介します。")
    reads(page, "回答済み")
    asker = story.at("asker", "asked")
    reads(asker, "回答しました", "あかりに詳しい団体を紹介します。")
    story.look(asker, "asked")
    story.shot(asker, "story-02-asked")


def the_group_and_a_partner_meet(story: Story) -> None:
    story.on(4, 15)
    offered = story.at("partner", "board/new/")
    write(
        offered,
        {
            "種類": "提供",
            "何を": "技能",
            "件名": "夜道を照らすあかりの知恵を貸します",
            "くわしい内容": "通学路に置く小さなあかりを一緒に作れます。",
            "分野": "防災・防犯",
        },
    )
    press(offered, "載せる")
    story.keep("offer", offered)
    wanted = story.at("member", "board/new/")
    write(
        wanted,
        {
            "種類": "してほしい",
            "何を": "技能",
            "件名": "通学路の夜道を照らす知恵がほしい",
            "くわしい内容": "駅から西の通学路にあかりを置きたいです。",
            "分野": "防災・防犯",
        },
    )
    press(wanted, "載せる")
    story.keep("wish", wanted)

    page = story.at("coordinator", "wish")
    reads(page, "合いそうな相手", "夜道を照らすあかりの知恵を貸します", "分野が同じです（防災・防犯）。")
    story.look(page, "listing")
    story.shot(page, "story-03-listing")
    press(page, "引き合わせる")
    write(page, {"引き合わせる理由": "どちらも通学路のあかりに取り組みたい団体です。"})
    field_of(page, "きっかけになった相談").select_option(index=1)
    press(page, "双方に声をかける")
    story.keep("introduction", page)
    reads(page, f"{GROUP} と {PARTNER}に声をかけました。", f"いまは {GROUP} と {PARTNER} の番です")
    reads(story.at("coordinator", "call"), f"{GROUP} と {PARTNER}", "打診中")

    for who in ("member", "partner"):
        press(page := story.at(who, "introduction"), "承諾する")
    reads(page, "引き合わせ済み")
    page = story.at("coordinator", "introduction")
    write(page, {"結果": "2つの団体で、市への提案を考えることになりました。"})
    press(page, "結果を記録する")
    reads(page, "この手続きは終わっています")
    story.look(page, "introduction")


def the_division_opens_a_round(story: Story) -> None:
    story.on(5, 1)
    page = story.at("division", "proposals/")
    press(page, "基本方針にある制度を取り入れる")
    reads(page, "4件の制度を取り入れました。", "市民協働・共創促進事業「共創トライアル」")
    press(page, "募集を始める")
    write(
        page,
        {
            "制度": "市民協働・共創促進事業「共創トライアル」",
            "募集の名前": "令和8年度 春の募集",
            "テーマ": "地域の困りごとを、いっしょに解く取組を募ります。",
            "担当課": ROADS,
            "募集のはじまり": "2026-05-01",
            "募集のおわり": "2026-05-31",
            "審査する会議": JURY,
        },
    )
    press(page, "募集を残す")
    story.keep("round", page)
    public = story.at("visitor", "round")
    reads(public, "令和8年度 春の募集", "募集中", "あと30日", ROADS)
    story.look(public, "round")
    story.shot(public, "story-04-round")


ANSWERS = {
    "地域の課題": ISSUE,
    "事業の目的": "子どもが安心して帰れる道にします。",
    "だれのための事業か": "通学する小中学生と家族",
    "協働の形態": "事業協力",
    "行うこと": "あかりを20か所に置き、週2回見守ります。",
    "日程": "6月に下見、7月から見守り、2月にまとめ",
    "目標": "不安を感じる人を半分にします。",
    "提案者の役割": "見守りの当番と、あかりの手入れ",
    "市に求める役割": "道路に置く許可と、保険",
    "一緒に取り組む理由": "道路は市、見守りは住民にしかできません。",
    "期待する効果": "顔見知りが増え、声を掛け合えるようになります。",
    "終わった後も続けるか": "今回で終わる",
}
BUDGET = [
    ("収入の1行目", "市の負担", "市の負担金", "120,000"),
    ("収入の2行目", "提案者の自己資金", "会費", "30,000"),
    ("支出の1行目", "消耗品・備品", "あかり20個", "１００，０００円"),
    ("支出の2行目", "保険", "行事の保険", "40000"),
]


def the_two_write_a_proposal(story: Story) -> None:
    story.on(5, 10)
    page = story.at("member", "round")
    press(page, "提案を始める")
    write(page, {"事業名": TITLE, "きっかけになった紹介": f"{GROUP} と {PARTNER}"})
    press(page, "下書きを始める")
    write(page, {"いっしょに提案する相手": PARTNER, "受け持つこと": "あかりの設計"})
    press(page, "保存して提案のページへ")
    story.keep("proposal", page)
    reads(page, "保存しました。", "返事を待っています", "必ず書く項目は12のうち0書けています。")

    press(page := story.at("partner", "proposal"), "承諾する")
    reads(page, "いっしょに提案することになりました。提案書を書けます。")
    press(page, "提案書を書く")
    write(page, ANSWERS)
    for row, head, label, amount in BUDGET:
        write(page, {f"{row}の科目": head, f"{row}の内容": label, f"{row}の金額": amount})
    press(page, "保存して提案のページへ")
    reads(page, "収入の合計 150,000円 ・ 支出の合計 140,000円 ・ 市に求める金額 120,000円")
    reads(page, "提出と取り下げは、代表の団体の担当者が行います。")
    page = story.at("member", "proposal")
    reads(page, "次の点が整うと進められます。", "収入の合計と支出の合計が一致していません。予算表を直してください。")
    story.shot(page, "story-05-draft")
    press(page, "提案書を書く")
    story.look(page, "proposal-write")
    write(page, {"支出の2行目の金額": "50000"})
    press(page, "保存して提案のページへ")
    story.look(page, "proposal-draft")

    never(story.at("visitor", "round"), TITLE)
    page = story.at("member", "proposal")
    take(page, "提出する")
    reads(page, "「提出する」を記録しました。", "受付済み")
    receipt = words_of_pdf(paper(page, "受付の控え"))
    assert TITLE in receipt
    assert f"{GROUP}様" in receipt
    assert "150,000円" in receipt
    never(page := story.at("visitor", "proposal"), ISSUE)
    reads(page, TITLE, "提出済み", GROUP, PARTNER)
    story.look(page, "proposal-public-before")


def they_talk_with_the_department(story: Story) -> None:
    story.on(5, 20)
    page = story.at("officer", "turn/")
    reads(page, TITLE)
    story.look(page, "turn-officer")
    take(page := story.at("officer", "proposal"), "協議を始める")
    reads(page, "担当課と協議中")
    fold = unfold(page.locator("#talks"), "話し合いを記録する")
    write(fold, {"話し合ったこと": "橋の上には置けません。欄干の手前にします。"})
    press(fold, "記録する")
    reads(page, "話し合いを記録しました。")
    story.look(page, "proposal-talks")

    press(page := story.at("member", "proposal"), "協議を受けて直す")
    write(
        page,
        {"何を、なぜ変えましたか": "橋の上をやめた", "行うこと": "あかりを橋の手前まで18か所に置き、週2回見守ります。"},
    )
    press(page, "保存して提案のページへ")
    press(page, "第2版")
    expect(page.locator("ins").first).to_contain_text("橋の手前まで18")
    story.look(page, "proposal-version")


def it_is_screened_blind_and_adopted(story: Story) -> None:
    story.on(6, 10)
    take(page := story.at("division", "proposal"), "審査に進める")
    reads(page, "審査中")
    for who, marks, comment in (
        ("first", "4455434", "地域の声がよく分かります。"),
        ("second", "5545454", "続け方も聞きたいところです。"),
        ("third", "3444343", "費用は控えめです。"),
    ):
        page = story.at(who, "proposal")
        press(page, "採点する")
        if who == "second":
            story.look(page, "marks")
            never(page, "地域の声がよく分かります。")
            never(story.at(who, "round"), "地域の声がよく分かります。")
            page = story.at(who, "proposal")
            press(page, "採点する")
        criteria = (
            "課題が地域に必要",
            "公益性がある",
            "協働で取り組む意味",
            "役割分担が",
            "実現できる",
            "経費が適切",
            "先につながる",
        )
        write(page, dict(zip(criteria, marks, strict=True)) | {"所見": comment})
        press(page, "採点を出す")
        reads(page, "採点を出しました。")
    reads(page, "全員の採点がそろいました", f"1位 {TITLE}", "地域の声がよく分かります。")
    story.look(page, "tally")

    page = story.at("division", "proposal")
    take(page, "採択する", "道の事情に合わせて直し、役割もはっきりしています。")
    reads(page, "「採択する」を記録しました。", "採択", "道の事情に合わせて直し、役割もはっきりしています。")
    notice = words_of_pdf(paper(page, "審査結果のお知らせ"))
    assert "審査結果のお知らせ" in notice
    assert "道の事情に合わせて直し、役割もはっきりしています。" in notice
    never(story.at("visitor", "proposal"), "道の事情に合わせて")
    page = story.at("division", "round")
    page.get_by_role("button", name="結果を公表する").click()
    press(page, "公表する")
    reads(public := story.at("visitor", "proposal"), "採択", "道の事情に合わせて直し", ISSUE)
    story.look(public, "proposal-public")
