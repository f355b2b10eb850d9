"""The words column headings are made of, and the role each gives its column."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from tomoni.kernel import fiscal
from tomoni.kernel.fiscal import FiscalYear
from tomoni.kernel.japanese import folded, plain


class Role(StrEnum):
    """What a column holds."""

    NUMBER = "number"
    TITLE = "title"
    LEVEL = "level"
    LEAD = "lead"
    RELATED = "related"
    DESCRIPTION = "description"
    SCHEDULE = "schedule"
    STATUS = "status"
    RESULTS = "results"
    ISSUES = "issues"
    NEXT = "next_action"
    REMARKS = "remarks"
    YEAR = "year"
    LABEL = "label"
    UNIT = "unit"
    VALUE = "value"
    RELISTED = "relisted"
    IGNORE = "ignore"
    FIELD = "field"  # a column of row labels: 進捗状況, 実績, 課題 below each other
    BY_ROW = "by_row"  # a year's column whose rows hold what the row labels say


YEARLY = frozenset({Role.SCHEDULE, Role.STATUS, Role.RESULTS, Role.ISSUES, Role.NEXT, Role.REMARKS, Role.VALUE})
PROGRESS = frozenset({Role.STATUS, Role.RESULTS, Role.ISSUES, Role.NEXT})
TEXTS = (Role.RESULTS, Role.ISSUES, Role.NEXT, Role.REMARKS)

# Level names seen in municipal plans. Any other word with a number in a heading of its own is learnt from the sheet.
LEVEL_WORD = (
    "施策体系|計画体系|事業体系|体系|推進方策|基本目標|基本方針|基本施策|基本方向|基本的方向|基本的方針|基本理念|基本的施策|"
    "基本政策|個別施策|個別目標|施策の方向性|施策の方向|施策の展開|施策目標|施策分野|施策群|"
    "施策項目|施策の柱|施策|政策目標|政策分野|政策|重点目標|重点課題|重点項目|重点施策|"
    "重点分野|重点方針|推進施策|推進方針|推進目標|推進項目|推進の柱|行動目標|行動方針|取組の柱|"
    "取組方針|取組の方向性|取組の方向|取組項目|取組分野|取組目標|取り組みの柱|取組みの課題|"
    "取組の視点|目標|目的|方針|方策|方向性|方向|分野|柱|視点|課題|主要課題|大項目|中項目|"
    "小項目|大分類|中分類|小分類|大柱|中柱|小柱|戦略|プロジェクト|テーマ|カテゴリ|カテゴリー|"
    "アクション|ビジョン|章|節|項|編"
)
_LEVEL = re.compile(f"^(?:{LEVEL_WORD})$")

_NEXT_YEAR = "(?:次年度|来年度|翌年度|次期|次回|今後|以降|将来)"
_WHO = "(?:主管|担当|所管|実施|主担当|推進|取組|関係|関連|主たる|主な|主|連携|協力|庁内)"
_UNIT = "(?:課|部署|部局|部課|部|局|室|所属|部門|係|課室|組織|機関|課等|部局等|部署等|者|主体|担当|団体)"
# First match wins; the key is in one width, small letters, without blanks, years, notes and numbering.
_ROLE_WORDS: tuple[tuple[Role, tuple[str, ...]], ...] = (
    (
        Role.NUMBER,
        (
            r"no\.?|№|n°|#|通番|項番|連番|番|符号|記号",
            r"(?:整理|事業|施策|取組|通し|管理|計画|項目|掲載|体系|事務事業|個別)?(?:番号|no\.?|№|コード|id)",
        ),
    ),
    (Role.RELISTED, ("再掲(?:元|先|区分|の?有無|事業)?",)),
    (Role.YEAR, ("(?:実施|対象|評価|報告|実績|該当|事業)?(?:年度|年|会計年度)",)),
    (Role.UNIT, ("単位",)),
    (Role.LABEL, ("(?:成果|活動|評価|数値|参考|目標|進捗|代表)?指標(?:名|項目|等)?|kpi|評価項目|管理指標",)),
    (
        Role.IGNORE,
        (
            "(?:当初|最終|中間)?(?:目標|基準|現状|計画|予定|期待)(?:値|数値|数|量)|基準年.*|目標年度?",
            "(?:当初|補正)?予算.*|決算.*|事業費.*|達成率|進捗率|実施率|執行率|コスト",
            (
                ".*(?:委員会|審議会|協議会|懇話会|推進会議|外部|第三者|二次|2次|最終|市民|学識).{0,4}"
                "(?:評価|意見|コメント|判定|提言).*"
            ),
            "sdgs.*|ゴール|関連計画|根拠法令|法令|対象|対象者|開始年度|終了年度|計画期間|事業期間|期間|ページ|頁|区分|種別",
            "新規・?継続|重点|協働の?(?:形態|相手|領域|主体|パートナー)|優先度|重要度",
        ),
    ),
    (Role.VALUE, ("(?:実績|実測|現在|年度末)(?:値|数値|数)|数値実績|指標実績|測定値",)),
    (
        Role.RELATED,
        (
            f"(?:関係|関連|連携|協力|副|副担当|支援|協働)(?:する)?{_UNIT}(?:名|等|・機関|・団体)?",
            "連携先|協力者|関係先",
        ),
    ),
    (
        Role.LEAD,
        (
            f"{_WHO}{{0,2}}(?:の)?{_UNIT}(?:名|等|室|・係)?|主管|所管|所管課室?|担当|所属名?|課名|部課名?|課・?係名?",
            "担当者?課|とりまとめ課|取りまとめ課|だれが|誰が|主体",
        ),
    ),
    (Role.ISSUES, ("今後の課題(?:等|点)?",)),
    (
        Role.NEXT,
        (
            (
                f"{_NEXT_YEAR}(?:度|の|に|へ|以降)*(?:向け[たて])?(?:の)?(?:取り?組み?|事業|計画|対応|実施)?.{{0,4}}"
                "(?:取り?組み?|方向性?|予定|対応|計画|展開|方針|改善|見通し|対策|目標|展望|内容|方策|考え方|あり方|在り方|進め方|こと)?"
                "(?:等|内容|予定|計画|方針|案)?"
            ),
            ".{0,6}(?:へ|に)(?:向け[たて]の?)?(?:取り?組み?|対応|改善|計画)(?:内容|予定|等)?",
            "改善(?:策|案|内容|方法|方針|計画|の?方向性?|点と対応)|(?:対応|解決|改善・?対応)(?:策|方針|方向性?|案|内容)",
            "対策|方向性|(?:課題|問題)(?:へ|に対する)の?(?:対応|取組|改善).*|見直し(?:内容|案|の?方向)",
        ),
    ),
    (
        Role.ISSUES,
        (
            (
                "(?:.{0,6}(?:の|上の|における|から見えた|や))?(?:課題|問題点|問題|反省点|改善点|懸念|懸案)"
                "(?:点|等|事項|・?問題点|認識|内容|と反省|の分析|・?反省点)?"
            ),
            "(?:遅れ|未達成|未達)(?:の|た)?(?:理由|原因)|理由|要因|困っていること",
        ),
    ),
    (
        Role.RESULTS,
        (
            (
                "(?:主な|主要な|具体的な?|これまでの|今年度の|本年度の|当該年度の)?(?:事業|取り?組み?|活動|年度|施策|計画|進捗)?(?:の)?"
                "(?:実績|実施実績|実施結果|実施内容|結果|成果|効果|実施状況|実施概要|達成内容|報告)"
                "(?:等|内容|・?成果|・?効果|の概要|報告|概要|・?結果|・?実施内容|・?実績)?"
            ),
            "(?:主な|具体的な?)?(?:取り?組み?|活動|実施|事業)(?:した)?(?:状況|経過|結果|内容の?実績|の?概要と成果)",
            "(?:実施|取り?組んだ|行った)(?:した)?(?:こと|事項|内容)|やったこと|成果と実績|達成状況の説明",
            "(?:進捗|達成)(?:状況)?の?(?:説明|内容|詳細|コメント)",
        ),
    ),
    (
        Role.STATUS,
        (
            (
                "(?:自己|担当課|所管課|主管課|内部|一次|1次|年度|庁内|進捗|達成|実施|総合|事業|取り?組み?|行政|市|目標|計画)?(?:の)?"
                "(?:度|状況|度合い?|具合)?(?:の)?"
                "(?:評価|判定|達成度|達成状況|進捗状況|進捗|進捗度|進捗区分|進行状況|進行度|進展|ランク|ステータス|自己点検|点検結果)"
                "(?:区分|結果|ランク|欄|等|基準|の?別|記号)?"
            ),
            "進み具合|状況|状態|進行管理|評点|達成|達成区分|うまくいったか|できたか|進度|評価[a-z~]+|達成の?度合い?",
        ),
    ),
    (
        Role.REMARKS,
        (
            "備考|特記(?:事項)?|その他|摘要|補足|注記|メモ|コメント|備考欄|特記事項等|参考|その他特記事項|通信欄",
            "(?:自己)?評価の?(?:理由|根拠|説明|コメント)",
        ),
    ),
    (
        Role.SCHEDULE,
        (
            (
                "(?:年次|年度別|実施|事業|行動|取り?組み?|推進|年度)?(?:の)?"
                "(?:計画|スケジュール|予定|工程|工程表|ロードマップ|実施時期|年次計画)(?:年度|内容|表|等|期間)?|いつ"
            ),
        ),
    ),
    (
        Role.DESCRIPTION,
        (
            (
                "(?:事業|取り?組み?|施策|活動|具体的な?|計画|プログラム|項目|主な|実施|個別)?(?:の|な)?(?:事業|取り?組み?|施策)?(?:の)?"
                "(?:内容|概要|説明|目的|趣旨|ねらい|目的・?内容|内容・?目的|概要・?目的|目的・?概要|目的及び内容|詳細)(?:等|・?概要|説明)?"
            ),
            "どんなこと",
        ),
    ),
    (
        Role.TITLE,
        (
            (
                "(?:具体的な?|主な|主要|個別|対応する|推進|実施|事務|関連|該当|重点)?(?:の)?"
                "(?:事務事業|事業|取り?組み?|施策|項目|活動|アクション|プログラム|プロジェクト|措置|行動|メニュー)"
                "(?:名|の?名称|項目|事業名?|施策名?|プラン|計画|等)?"
            ),
            "(?:事業|施策|取り?組み?|項目|件)名称?|名称|タイトル|やること|(?:施策の|計画後期の)?展開|取り?組み?方策",
        ),
    ),
)
_ROLES = tuple((role, re.compile(f"^(?:{'|'.join(patterns)})$")) for role, patterns in _ROLE_WORDS)
_NOTES = re.compile(r"[※*]\d*|\((?:注|※)?\d{0,2}\)|^[①-⑳]|^\(?[0-9]{1,2}\)?[.．、](?=\D)")
_INSIDE = re.compile(r"[\[【〔(「]([^\])】〕」]*)[\])】〕」]")
_JOIN = re.compile(r"[・、,/／&+]|及び|ならびに|並びに|と(?=今後|課題|成果|改善|対応)")
_TOWARD = re.compile("へ向け|に向け|への|以降|に取り?組む|の?(?:取り?組み?)?(?:予定|方針)")
# "R3 次年度へ向けた取組" names the next year by itself: the year before it is the one reported.
_TOWARD_THE_NEXT = re.compile("[次来翌]年度?[へに]向け")


@dataclass(frozen=True, slots=True)
class Heading:
    """One cell of a table head: the roles its words give (several when it joins them), the year, the level named."""

    text: str
    roles: tuple[Role, ...] = ()
    year: FiscalYear | None = None
    level: str = ""

    @property
    def is_known(self) -> bool:
        return bool(self.roles or self.year or self.level)

    @property
    def role(self) -> Role | None:
        return self.roles[0] if self.roles else None


_BARE_YEAR = re.compile(r"^\d{1,2}年度(?:の|末|分)*")


def heading(text: str, aliases: Mapping[str, str], *, near: FiscalYear | None = None) -> Heading:
    """Understand one cell of a table head. ``aliases`` (plain spelling -> role) come before all else."""
    key = plain(text)
    if (alias := aliases.get(key)) is not None:
        return Heading(text, (Role(alias),), fiscal.fiscal_year(text))
    if len(key) > 40:
        return Heading(text)
    year = fiscal.fiscal_year(text, near=near)
    rest = _without_years(text) if near is None else _BARE_YEAR.sub("", _without_years(text))
    if not rest:
        return Heading(text, (), year)
    roles, level = _roles(rest, aliases)
    if year and Role.NEXT in roles and _TOWARD.search(key) and not _TOWARD_THE_NEXT.search(key):
        year = FiscalYear(year.year - 1)
    return Heading(text, roles, year, level)


def _without_years(text: str) -> str:
    text = folded(text)
    if not any(True for _ in fiscal.mentions(text)):
        return plain(text)
    for found in sorted(fiscal.mentions(text), key=lambda m: -m.start):
        text = text[: found.start] + "\0" + text[found.end :]
    text = re.sub("\0[^\0]{0,3}[~～-][^\0]{0,3}\0", "", text)
    text = (
        re.sub(r"\0?\s*(?:年度|年|末|時点|現在|\d{1,2}月末?)*(?:現在)?\s*", "", text, count=1)
        if "\0" in text[:1]
        else text
    )
    return re.sub("^(?:年度|の|末|分)+", "", plain(text.replace("\0", ""))).replace("()", "")


def _roles(key: str, aliases: Mapping[str, str]) -> tuple[tuple[Role, ...], str]:
    key = _NOTES.sub("", key)
    inside = _INSIDE.findall(key)
    bare = _INSIDE.sub("", key)
    for candidate in (key, bare, *inside):
        if candidate and (role := _one(candidate, aliases)):
            return (role,), _level(candidate) if role is Role.TITLE else ""
    if level := _level(bare or key):
        return (Role.LEVEL,), level
    found: list[Role] = []
    for part in _JOIN.split(bare):
        role = _one(part, aliases) or (Role.LEVEL if _level(part) else None)
        if role and role not in found:
            found.append(role)
    if Role.TITLE in found and Role.LEVEL in found:
        found = [Role.TITLE]
    if Role.RESULTS in found and Role.DESCRIPTION in found:
        found.remove(Role.DESCRIPTION)
    return tuple(found), ""


def _one(key: str, aliases: Mapping[str, str]) -> Role | None:
    if (alias := aliases.get(key)) is not None:
        return Role(alias)
    return next((role for role, pattern in _ROLES if pattern.match(key)), None)


def _level(key: str) -> str:
    name = re.sub("(?:名称?|区分|no\\.?|番号|コード)$", "", key)
    return name if _LEVEL.match(name) else ""


def levels_joined(text: str) -> list[str]:
    """The level names a title heading lists from the top down: "推進方策・目標・施策" gives all three."""
    parts = [p for p in re.split(r"[・、,/／>＞→\n]", folded(text)) if p.strip()]
    names = [re.sub("名$", "", plain(p)) for p in parts]
    return names if len(names) > 1 and all(_LEVEL.match(n) or _one(n, {}) is Role.TITLE for n in names) else []
