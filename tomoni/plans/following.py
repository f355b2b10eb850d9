"""Verbs about figures and indicators: follow one, set its target, stop and go on, give a figure a name, set one aside."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tomoni.history.services import record
from tomoni.parties.actor import Actor
from tomoni.plans import permissions
from tomoni.plans.models import Figure, Indicator, Measure
from tomoni.plans.selectors.indicators import leads_of
from tomoni.plans.services import count_up, touch


@dataclass(frozen=True, slots=True)
class Aim:
    """What an indicator is to reach, by when, and in which direction."""

    target: Decimal | None = None
    target_year: int | None = None
    less_is_better: bool = False


@transaction.atomic
def follow(
    measure: Measure, *, label: str, unit: str = "", spellings: Collection[str] = (), aim: Aim = Aim(), by: Actor
) -> Indicator:
    """Make an indicator; figures of the measure in that unit with one of the spellings take its name.

    Of a relisted measure, its original. NotAllowed for other departments; ValidationError where the name is taken, or a
    cell would hold two numbers of one name.
    """
    original = measure.relisted_of or measure
    permissions.may_follow(by, leads_of(original)).enforce()
    made = Indicator(measure=original, label=label.strip(), unit=unit.strip(), **_columns(aim))
    made.municipality_id = original.municipality_id
    _refuse_aimless(made)
    made.full_clean()
    made.save()
    named = [_name(each, made.label, by=by) for each in _spelled(original, unit.strip(), spellings)]
    record("follow", original, by=by, is_public=True, note=made.label, indicator=made.pk, figures=sum(named))
    touch(original.plan)
    return made


def _spelled(measure: Measure, unit: str, spellings: Collection[str]) -> list[Figure]:
    return list(Figure.objects.filter(measure=measure, unit=unit, label__in=list(spellings), set_aside=""))


@transaction.atomic
def set_aim(indicator: Indicator, aim: Aim, *, by: Actor) -> Indicator:
    """Set what the indicator is to reach, or take the target away. ValidationError for a year without a target."""
    permissions.may_follow(by, leads_of(indicator.measure)).enforce()
    was = str(indicator.target) if indicator.target is not None else ""
    for name, value in _columns(aim).items():
        setattr(indicator, name, value)
    _refuse_aimless(indicator)
    indicator.save(update_fields=["target", "target_year", "less_is_better"])
    now = str(aim.target) if aim.target is not None else ""
    record("set_aim", indicator.measure, by=by, is_public=True, note=indicator.label, before=was, after=now)
    count_up(indicator.measure.plan)
    return indicator


@transaction.atomic
def stop_following(indicator: Indicator, *, after: int, why: str, by: Actor) -> Indicator:
    """Ask for it for the last time in a fiscal year; its series stays. ValidationError without a reason."""
    permissions.may_follow(by, leads_of(indicator.measure)).enforce()
    if not why.strip():
        raise ValidationError({"why": _("たずねるのをやめる理由を書いてください。")})
    return _end(indicator, after, "stop_following", note=why.strip(), by=by)


@transaction.atomic
def follow_again(indicator: Indicator, *, by: Actor) -> Indicator:
    """Ask for it again each year."""
    permissions.may_follow(by, leads_of(indicator.measure)).enforce()
    return _end(indicator, None, "follow_again", note="", by=by)


def _end(indicator: Indicator, year: int | None, verb: str, *, note: str, by: Actor) -> Indicator:
    indicator.ends_with = year
    indicator.save(update_fields=["ends_with"])
    record(verb, indicator.measure, by=by, is_public=True, note=note, label=indicator.label, year=year)
    count_up(indicator.measure.plan)
    return indicator


@transaction.atomic
def rename_figure(figure: Figure, *, label: str, by: Actor) -> Figure:
    """Give a figure another name; the one it was read under is kept, and next year's sheet is read with the new one."""
    permissions.may_follow(by, leads_of(figure.measure)).enforce()
    name = label.strip()
    if not name:
        raise ValidationError({"label": _("何の数かを書いてください。")})
    if _name(figure, name, by=by):
        touch(figure.measure.plan)
    return figure


@transaction.atomic
def set_figure_aside(figure: Figure, *, why: str, by: Actor) -> Figure:
    """A figure was read wrongly: it is kept with the reason, and counts nowhere. ValidationError without a reason."""
    permissions.may_follow(by, leads_of(figure.measure)).enforce()
    if not why.strip():
        raise ValidationError({"why": _("数えない理由を書いてください。")})
    return _aside(figure, why.strip(), "set_figure_aside", by=by)


@transaction.atomic
def put_figure_back(figure: Figure, *, by: Actor) -> Figure:
    """The figure counts after all."""
    permissions.may_follow(by, leads_of(figure.measure)).enforce()
    return _aside(figure, "", "put_figure_back", by=by)


def _aside(figure: Figure, why: str, verb: str, *, by: Actor) -> Figure:
    if figure.set_aside == why:
        return figure
    figure.set_aside = why
    figure.save(update_fields=["set_aside"])
    record(verb, figure.measure, by=by, note=why, figure=figure.pk, label=figure.label, year=figure.year)
    touch(figure.measure.plan)
    return figure


def _name(figure: Figure, label: str, *, by: Actor) -> bool:
    """Whether the figure has another name now. Its own first name, given again, is no longer remembered."""
    was = figure.label
    if was == label:
        return False
    beside = Figure.objects.filter(measure=figure.measure_id, year=figure.year, source_at=figure.source_at, label=label)
    if beside.exists():
        raise ValidationError(
            {"label": _("同じ場所に、同じ名前の数値がすでにあります。先にどちらかを外してください。")}
        )
    printed = figure.printed_label or was
    figure.label, figure.printed_label = label, "" if printed == label else printed
    figure.full_clean(exclude=["measure", "batch", "municipality"], validate_unique=False)
    figure.save(update_fields=["label", "printed_label"])
    record("rename_figure", figure.measure, by=by, is_public=True, figure=figure.pk, before=was, after=label)
    return True


def _columns(aim: Aim) -> dict[str, Decimal | int | bool | None]:
    return {"target": aim.target, "target_year": aim.target_year, "less_is_better": aim.less_is_better}


def _refuse_aimless(indicator: Indicator) -> None:
    if indicator.target_year is not None and indicator.target is None:
        raise ValidationError({"target": _("目標の年度だけでなく、目標値も書いてください。")})
