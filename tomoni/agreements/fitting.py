"""Which forms of collaboration fit, and why: told from the rulebook. It explains; people choose. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tomoni.rulebooks.schema import Form, Rulebook, Zone


class Need(StrEnum):
    """How the two sides mean to deal with each other."""

    HOST = "host"
    MANY = "many"
    MONEY = "money"
    ENTRUST = "entrust"
    NAME = "name"
    PEOPLE = "people"
    PLACE = "place"
    MANAGE = "manage"
    HEAR = "hear"


NEED_LABELS: dict[Need, str] = {
    Need.HOST: "双方が主催者になる",
    Need.MANY: "ほかの主体も加わって会をつくる",
    Need.MONEY: "団体の事業に、市がお金を出す",
    Need.ENTRUST: "市の仕事を、団体に任せる",
    Need.NAME: "団体の事業に、市の名前を使う",
    Need.PEOPLE: "人、物、情報を出し合う",
    Need.PLACE: "市の場所や施設を使う",
    Need.MANAGE: "市の施設を、団体が管理する",
    Need.HEAR: "市の施策に、市民の考えを生かす",
}

# What a kind of arrangement is made for; our reading of what the cities' documents say of their forms.
SERVES: dict[str, frozenset[Need]] = {
    "cohosting": frozenset({Need.HOST, Need.PEOPLE}),
    "committee": frozenset({Need.HOST, Need.MANY, Need.PEOPLE}),
    "cooperation": frozenset({Need.PEOPLE, Need.PLACE}),
    "commission": frozenset({Need.ENTRUST}),
    "endorsement": frozenset({Need.NAME}),
    "grant": frozenset({Need.MONEY}),
    "participation": frozenset({Need.HEAR}),
    "exchange": frozenset({Need.PEOPLE}),
    "facility_use": frozenset({Need.PLACE}),
    "facility_management": frozenset({Need.MANAGE, Need.ENTRUST, Need.PLACE}),
    "policy_proposal": frozenset({Need.HEAR}),
    "contact": frozenset({Need.PEOPLE}),
    "collaboration": frozenset({Need.HOST, Need.PEOPLE}),
}

# What an arrangement is not made for, and the sentence that says so.
AGAINST: dict[tuple[str, Need], str] = {
    ("endorsement", Need.MONEY): "名前を使う形です。お金を出すなら、ほかの形態も考えてください。",
    ("grant", Need.ENTRUST): "団体が自分から行う事業を支える形です。市の仕事を任せる形ではありません。",
    ("commission", Need.MONEY): "市の仕事を任せる形です。団体が自分から行う事業には合いません。",
    ("commission", Need.HOST): "責任は、任せる側に残ります。双方が主催者になる形ではありません。",
}


class Level(StrEnum):
    """How well a form fits what was asked."""

    FITS = "fits"
    PARTLY = "partly"
    NOT = "not"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Situation:
    """What people say of their plan: the zone (a key, "" when open) and how they mean to deal with each other."""

    zone: str = ""
    needs: frozenset[Need] = frozenset()

    @property
    def is_open(self) -> bool:
        return not self.zone and not self.needs


@dataclass(frozen=True, slots=True)
class Fit:
    """One form: how well it fits, what speaks for it and what against, in sentences."""

    form: Form
    level: Level
    pro: tuple[str, ...]
    contra: tuple[str, ...]


def fitting(book: Rulebook, situation: Situation) -> list[Fit]:
    """Every form of the rulebook with reasons, those that fit first, otherwise in the order of the document."""
    zones = {zone.key: zone for zone in book.zones}
    told = [_judged(form, situation, zones) for form in book.forms]
    order = list(Level)
    return sorted(told, key=lambda fit: (order.index(fit.level), -len(fit.pro), len(fit.contra)))


def _judged(form: Form, situation: Situation, zones: dict[str, Zone]) -> Fit:
    if situation.is_open:
        return Fit(form, Level.OPEN, (), ())
    in_zone, zone_words = _by_zone(form, zones.get(situation.zone))
    served = [need for need in Need if need in situation.needs and need in _served(form)]
    unserved = [need for need in Need if need in situation.needs and need not in _served(form)]
    pro = [zone_words] if in_zone is True else []
    pro += [f"「{NEED_LABELS[need]}」ことに使えます。" for need in served]
    contra = [zone_words] if in_zone is False else []
    contra += [_against(form, need) for need in unserved]
    hints = [zone_words] if in_zone is None and zone_words else []
    return Fit(form, _level(in_zone, len(served), len(unserved)), (*pro, *hints), tuple(contra))


def _served(form: Form) -> frozenset[Need]:
    return frozenset().union(*(SERVES[nature] for nature in form.natures))


def _against(form: Form, need: Need) -> str:
    told = (AGAINST.get((nature, need)) for nature in form.natures)
    return next((words for words in told if words), f"「{NEED_LABELS[need]}」ための形態ではありません。")


def _by_zone(form: Form, zone: Zone | None) -> tuple[bool | None, str]:
    """True in its zone, False outside it, None when nothing was asked or the document does not say."""
    if zone is None:
        return None, ""
    if not form.zones:
        return None, f"どの領域の形態かは、市の文書では決めていません（{form.cites}）。"
    if zone.key in form.zones:
        return True, form.zone_remarks.get(zone.key) or f"「{zone.label}」に置かれている形態です（{form.cites}）。"
    return False, f"「{zone.label}」に置かれた形態ではありません（{form.cites}）。"


def _level(in_zone: bool | None, served: int, unserved: int) -> Level:  # noqa: FBT001 - three answers, not a switch
    if in_zone is False:
        return Level.PARTLY if served else Level.NOT
    if served and not unserved:
        return Level.FITS
    if served or (in_zone and not unserved):
        return Level.FITS if in_zone and not unserved else Level.PARTLY
    return Level.NOT if unserved else Level.PARTLY
