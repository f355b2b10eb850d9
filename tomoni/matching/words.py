"""What two texts have in common: content words as pairs of letters, and everyday words that mean the same. Pure."""

from __future__ import annotations

import re

from tomoni.kernel.japanese import plain

# Words that stand in nearly every listing and tell nothing about what it is about.
EMPTY = re.compile(
    "募集|提供|希望|協力|お願い|ください|下さい|できます|できる|します|したい|しています|ほしい|欲しい|探し|さがし|求む|"
    "必要|使わなく|使って|使える|使う|譲り|ゆずり|お貸し|貸し出し|貸し|借り|差し上げ|いただけ|いただき|くださる|なった|ました|"
    "活動|団体|市民|地域|市内|参加|実施|開催|予定|可能|方々|皆さん|みなさん|一緒に|わたし|私たち|当団体|当会|無料|有料|"
    "毎週|毎月|土曜日|日曜日|月曜日|火曜日|水曜日|木曜日|金曜日|午前|午後|時間|年度|ボランティア|サポート|支援|応援|手伝"
)

# Each line is one thing said in several words. Adding a word is adding it here.
SAME = {
    "子ども": "子ども 子供 こども 児童 小学生 幼児 園児 放課後 学童 キッズ",
    "子育て": "子育て 育児 親子 乳幼児 赤ちゃん ママ パパ ベビー 保育",
    "高齢者": "高齢者 高齢 お年寄り シニア 老人 敬老 介護 独居 認知症",
    "見守り": "見守 パトロール 巡回 防犯 登下校 通学路",
    "食": "食堂 食事 料理 調理 弁当 炊き出し 配食",
    "食料": "食料 食品 食材 野菜 お米 米 果物 フードバンク フードドライブ 缶詰",
    "情報機器": "パソコン pc it タブレット スマホ スマートフォン デジタル プログラミング インターネット オンライン",
    "会場": "会場 部屋 スペース 集会室 会議室 教室 ホール 広間 集会所 空き店舗 空き家 公会堂 講堂",
    "資金": "資金 寄附 寄付 助成 募金 協賛金 費用 クラウドファンディング",
    "音楽": "音楽 演奏 楽器 ピアノ 合唱 コンサート 吹奏楽 歌",
    "防災": "防災 災害 避難 避難所 備蓄 地震 水害 消火 炊き出し",
    "清掃": "清掃 掃除 ごみ ゴミ 美化 草刈り 落ち葉 リサイクル",
    "緑": "花壇 緑化 植栽 園芸 花植え 庭木 農園 畑 苗",
    "多文化": "外国人 外国 英語 日本語教室 通訳 翻訳 多文化 国際交流",
    "移動": "送迎 運搬 運転 車両 車 軽トラック トラック 搬送 移動",
    "広報": "広報 チラシ ポスター デザイン ホームページ sns 動画 写真 撮影 印刷",
    "本": "絵本 本 図書 読み聞かせ 児童書 読書",
    "学習": "学習 勉強 宿題 講師 授業 教え 指導 家庭教師",
    "祭り": "祭り まつり 夏祭り イベント 催し フェスタ フェスティバル",
    "机と椅子": "机 椅子 いす テーブル 長机 パイプ椅子",
    "テント": "テント タープ",
    "運動": "運動 体操 スポーツ 健康 サッカー 野球 卓球 ウォーキング",
    "障害": "障害 障がい 車いす 車椅子 手話 点字 バリアフリー",
    "会計": "会計 経理 帳簿 決算 税理士",
    "法律": "法律 弁護士 法人設立 定款 行政書士",
    "手仕事": "手芸 編み物 裁縫 工作 木工 大工 修理",
    "動物": "動物 猫 犬 ペット 保護猫",
    "居場所": "居場所 サロン カフェ 交流の場 ひろば 広場",
}
_WORDS = {plain(word): name for name, words in SAME.items() for word in words.split()}
_CONCEPT = re.compile("|".join(sorted(map(re.escape, _WORDS), key=len, reverse=True)))
_RUNS = re.compile(r"[一-鿿々〆ヶ]+|[ァ-ヺー]{2,}|[a-z0-9]{2,}|[ぁ-ゖー]{4,}")
CONCEPT_MARK = "#"


def tokens(text: str) -> frozenset[str]:
    """Content pieces of a text: `#name` for words of the table above, pairs of letters of the rest."""
    key = EMPTY.sub(" ", plain(text))
    found = {CONCEPT_MARK + _WORDS[word] for word in _CONCEPT.findall(key)}
    for run in _RUNS.findall(key):
        found.update(run[i : i + 2] for i in range(len(run) - 1))
    return frozenset(found)


def shared_words(one: str, other: str) -> list[str]:
    """What both texts speak of, in words for people: the longest common pieces and the common things, up to three."""
    common = tokens(one) & tokens(other)
    things = sorted(token.removeprefix(CONCEPT_MARK) for token in common if token.startswith(CONCEPT_MARK))
    pieces: list[str] = []
    for run in sorted(set(_RUNS.findall(EMPTY.sub(" ", plain(one)))), key=lambda r: (-len(r), r)):
        for piece in _pieces(run, common):
            if not any(piece in held for held in pieces):
                pieces.append(piece)
    said = {_WORDS[word] for piece in pieces for word in _CONCEPT.findall(piece)}
    return [*pieces, *(thing for thing in things if thing not in said and thing not in pieces)][:3]


def _pieces(run: str, common: frozenset[str]) -> list[str]:
    pieces, start = [], None
    for i in range(len(run)):
        inside = i < len(run) - 1 and run[i : i + 2] in common
        if inside and start is None:
            start = i
        if not inside and start is not None:
            pieces.append(run[start : i + 1])
            start = None
    return pieces
