"""A letter that goes from a group to the city and back."""

from dataclasses import dataclass

from django.db import models

from tomoni.cases.models import Case
from tomoni.kernel.rules import Rule
from tomoni.kernel.workflow import Holder, Label, Step, Workflow
from tomoni.parties.models import Party
from tomoni.parties.permissions import Permission


@dataclass(frozen=True)
class LetterFacts:
    text: str


HAS_TEXT = Rule("XX-90", "見本", "text", "本文を書いてください。", lambda f: bool(f.text), "tests.sample.has_text")
P = Permission.IMPORT_UPLOAD

WORKFLOW = Workflow(
    name="手紙",
    initial="draft",
    holder={"draft": Holder.CIVIC, "sent": Holder.CITY, "read": Holder.NOBODY},
    labels={"draft": Label("下書き", "準備中"), "sent": Label("届いた", "届いた"), "read": Label("読んだ", "読んだ")},
    steps=(
        Step("send", "送る", ("draft",), "sent", P, (HAS_TEXT,)),
        Step("send_back", "差し戻す", ("sent",), "draft", P, note_required=True),
        Step("read", "読んだことにする", ("sent",), "read", P),
    ),
)


class Letter(Case):
    """One letter of a group to the city."""

    workflow = WORKFLOW

    text = models.TextField(blank=True)
    sender = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    receiver = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")

    class Meta:
        app_label = "sample"
        verbose_name = "手紙"

    def __str__(self) -> str:
        return "手紙"

    def facts(self) -> LetterFacts:
        return LetterFacts(self.text)

    def party_for(self, step: Step) -> Party:
        return self.sender if step.name == "send" else self.receiver

    def objection(self, step: Step, actor) -> str:
        if step.name == "read" and actor.sits_in(self.sender):
            return "自分の手紙を読んだことにはできません。"
        return ""

    def tell(self):
        return {"draft": [self.sender], "sent": [self.receiver]}.get(self.state, [])

    def hears(self):
        return [self.sender] if self.state == "read" else []

    def get_absolute_url(self) -> str:
        return f"/letters/{self.pk}/"
