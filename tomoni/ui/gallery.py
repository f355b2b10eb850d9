"""What the gallery shows: invented samples for every component, and a form with every kind of field, empty and refused."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tomoni.ui.marks import WORDS


class SampleForm(forms.Form):
    """Every kind of control our pages use."""

    title = forms.CharField(
        label=gettext_lazy("事業名"), max_length=20, help_text=gettext_lazy("20字以内で書いてください。")
    )
    mail = forms.EmailField(label=gettext_lazy("メールアドレス"), required=False)
    people = forms.IntegerField(label=gettext_lazy("参加する人数"), min_value=1)
    day = forms.DateField(
        label=gettext_lazy("始める日"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("協働の形態"),
        choices=[("", gettext_lazy("選んでください")), ("a", gettext_lazy("共催")), ("b", gettext_lazy("後援"))],
    )
    side = forms.ChoiceField(
        label=gettext_lazy("どの立場ですか"),
        choices=[("group", gettext_lazy("団体")), ("city", gettext_lazy("市"))],
        widget=forms.RadioSelect,
    )
    fields_ = forms.MultipleChoiceField(
        label=gettext_lazy("活動の分野"),
        choices=[("care", gettext_lazy("福祉")), ("safe", gettext_lazy("防災")), ("play", gettext_lazy("子ども"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    text = forms.CharField(label=gettext_lazy("地域の課題"), widget=forms.Textarea(attrs={"rows": 4}))
    paper = forms.FileField(label=gettext_lazy("添付する書類"), required=False)
    agreed = forms.BooleanField(label=gettext_lazy("内容を団体の中で確かめた"))


def refused_form() -> SampleForm:
    """The same form as it comes back when almost nothing was filled in."""
    typed = {"refused-title": _("夜の通学路に見守りのあかりをともし続ける取組"), "refused-people": "0"}
    form = SampleForm(typed, prefix="refused")
    form.full_clean()
    form.add_error(None, _("募集の期間が終わっています。次の募集を待ってください。"))
    return form


def samples() -> dict[str, Any]:
    """The context of the gallery page."""
    return {
        "form": SampleForm(prefix="empty"),
        "refused": refused_form(),
        "alone": SampleForm(prefix="alone"),
        "statuses": [{"status": key, "label": ""} for key in WORDS],
        "tones": [
            ("", _("下書き")),
            ("ok", _("採択")),
            ("bad", _("遅れ")),
            ("done", _("完了")),
            ("warn", _("差し戻し")),
            ("wait", _("審査中")),
            ("open", _("未記入")),
            ("key", _("重点施策")),
        ],
        "steps": [
            {"label": _("相談"), "state": "past"},
            {"label": _("紹介"), "state": "past"},
            {"label": _("提案"), "state": "now"},
            {"label": _("協定"), "state": ""},
            {"label": _("事業"), "state": ""},
            {"label": _("ふりかえり"), "state": ""},
        ],
        "facts": [
            {"label": _("取組"), "value": 38, "note": _("行（35施策）")},
            {"label": _("順調"), "value": 31, "note": "82%"},
            {"label": _("遅れ・計画変更"), "value": 4, "note": _("前年度 3")},
            {"label": _("約束を果たした割合"), "value": "68%", "note": _("前年度 61%")},
        ],
        "pairs": [
            {"label": _("主管課"), "value": _("政策課")},
            {"label": _("期間"), "value": _("令和2年4月から令和3年3月まで")},
        ],
        "tabs": [
            {"url": "?tab=all", "label": _("すべて"), "current": True},
            {"url": "?tab=mine", "label": _("あなたの番（3）"), "current": False},
            {"url": "?tab=done", "label": _("終わったもの"), "current": False},
        ],
        "filters": [
            {"name": "q", "label": _("ことば"), "value": "", "placeholder": _("講座、防災")},
            {
                "name": "department",
                "label": _("担当課"),
                "value": "2",
                "options": [{"value": 1, "label": _("政策課")}, {"value": 2, "label": _("道路課")}],
            },
        ],
        "page": Paginator(range(200), 10).get_page(9),
        "years": ["H29", "H30", "R1", "R2"],
        "rows": [
            (1, _("協働シンポジウムを開く"), _("市民協働課"), ["on_track", "on_track", "on_track", "done"]),
            (2, _("出前講座で協働を伝える"), _("市民協働課"), ["off_track", "changed", "on_track", "on_track"]),
            (3, _("次の担い手を育てる"), _("指導課"), ["not_started", "on_track", "off_track", ""]),
        ],
    }
