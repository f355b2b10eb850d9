"""The public pages 協働とは: drawn wholly from the rulebook in force; what a city does not say has no page."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, get_args

from django.http import HttpResponse
from django.utils.translation import gettext as _

from tomoni.kernel.clock import today
from tomoni.rulebooks import parts, readers, selectors
from tomoni.rulebooks.changes import changes
from tomoni.rulebooks.models import RulebookVersion
from tomoni.rulebooks.pictures import spectrum
from tomoni.rulebooks.schema import Rulebook, Stage, Zone
from tomoni.ui.access import open_to_all
from tomoni.ui.pages import page
from tomoni.ui.requests import Request

OfVersion = Callable[..., HttpResponse]


def of_today(chapter: str = "") -> Callable[[OfVersion], Callable[..., HttpResponse]]:
    """Hand the view the version in force; a city without one, or without this chapter, gets a 404 with a sentence."""

    def decorate(view: OfVersion) -> Callable[..., HttpResponse]:
        @wraps(view)
        def found(request: Request, municipality: str, **kwargs: Any) -> HttpResponse:
            try:
                version = selectors.version_of(request.municipality, today())
            except selectors.NoRulebook:
                return absent(request, _("協働のルールは、まだ登録されていません。"))
            book = version.book
            if chapter and not parts.has(chapter, book):
                told = _("%(document)sには、「%(chapter)s」の記載がありません。")
                named = {"document": book.source.title, "chapter": parts.name_of(chapter, book)}
                return absent(request, told % named, book)
            return view(request, version, **kwargs)

        return found

    return decorate


def absent(request: Request, sentence: str, book: Rulebook | None = None) -> HttpResponse:
    """The page that says what this city does not have (404)."""
    return page(request, "rulebooks/absent.html", {"sentence": sentence, "book": book}, status=404)


def shown(request: Request, name: str, book: Rulebook, **context: Any) -> HttpResponse:
    """A page of 協働とは, with the ways to the other chapters this city has."""
    return page(request, f"rulebooks/{name}.html", {"book": book, "doors": parts.doors(book), **context})


@open_to_all
@of_today()
def about(request: Request, version: RulebookVersion) -> HttpResponse:
    """What this city means by working together, and the way to all the rest."""
    book = version.book
    passages = [passage for passage in (book.definition.collaboration, book.definition.citizen) if passage]
    word = {"word": book.definition.collaboration.label}
    excluded = (
        (_("%(word)sに含めないもの") % word, [each for each in book.excluded if each.strength == "refused"]),
        (_("%(word)sの外にあるもの") % word, [each for each in book.excluded if each.strength == "outside"]),
    )
    return shown(
        request,
        "about",
        book,
        passages=passages,
        principles=parts.things(len(parts.own(book.principles))),
        excluded=[group for group in excluded if group[1]],
        interests=parts.things(len(book.interests)),
    )


@open_to_all
@of_today("about-forms")
def forms_of_city(request: Request, version: RulebookVersion) -> HttpResponse:
    """All forms of collaboration, and the zones they stand in."""
    book = version.book
    rows = [(form, zones_of(book, form.zones)) for form in book.forms]
    context = {"rows": rows, "pictures": spectrum(book), "mapped": any(form.zones for form in book.forms)}
    amount = parts.kinds(len(parts.own(book.forms)))
    return shown(request, "forms", book, zone_rows=_zone_rows(book), amount=amount, **context)


def zones_of(book: Rulebook, keys: tuple[str, ...]) -> list[Zone]:
    """The zones of those keys, in the order of the spectrum."""
    return [zone for zone in book.zones if zone.key in keys]


def _zone_rows(book: Rulebook) -> list[tuple[Zone, list[tuple[str, str, str]]]]:
    """Each zone with the forms in it: key, label, and what the form means in that zone."""
    return [
        (zone, [(f.key, f.label, f.zone_remarks.get(zone.key, "")) for f in book.forms if zone.key in f.zones])
        for zone in book.zones
    ]


@open_to_all
@of_today("about-forms")
def form(request: Request, version: RulebookVersion, key: str) -> HttpResponse:
    """One form, with the points to watch for the reader's side, beside another form if one is named."""
    book = version.book
    chosen = next((form for form in book.forms if form.key == key), None)
    if chosen is None:
        return absent(request, _("この形態は、%(document)sにありません。") % {"document": book.source.title}, book)
    side = readers.side_for(request.actor, request.GET.get("side", ""))
    other = next((form for form in book.forms if form.key == request.GET.get("with") and form is not chosen), None)
    compared = [(f, zones_of(book, f.zones), readers.notes_for(f, side)) for f in (chosen, other) if f]
    return shown(
        request,
        "form",
        book,
        form=chosen,
        side=side,
        sides=[(name, label, name == side) for name, label in readers.SIDES.items()],
        has_sides=readers.has_sides(chosen) or (other is not None and readers.has_sides(other)),
        notes=readers.notes_for(chosen, side),
        zones=[(zone, chosen.zone_remarks.get(zone.key, "")) for zone in zones_of(book, chosen.zones)],
        pictures=spectrum(book, [chosen]) if chosen.zones else (),
        other=other,
        others=[form for form in book.forms if form is not chosen],
        compared=compared if other else [],
    )


@open_to_all
@of_today("about-parties")
def parties(request: Request, version: RulebookVersion) -> HttpResponse:
    """Who takes part, who brings them together, and what is asked of those."""
    return shown(request, "parties", version.book)


@open_to_all
@of_today("about-suitability")
def suitability(request: Request, version: RulebookVersion) -> HttpResponse:
    """The questions whether a project suits collaboration."""
    book = version.book
    groups = (
        (_("事業の性質"), _("次のような性質がありますか。"), "nature"),
        (_("協働の効果"), _("次のことを確かめます。"), "effect"),
    )
    asked = [
        (title, question, items)
        for title, question, name in groups
        if (items := [item for item in book.suitability if item.group == name])
    ]
    return shown(request, "suitability", book, groups=asked)


@open_to_all
@of_today("about-checklists")
def checklists(request: Request, version: RulebookVersion) -> HttpResponse:
    """What both sides confirm at each stage; prints on A4."""
    book = version.book
    ordered = [found for stage in get_args(Stage) for found in book.checklists if found.stage == stage]
    rows = [(each, [(item, _source_beyond(each.cites, item.cites)) for item in each.items]) for each in ordered]
    return shown(request, "checklists", book, checklists=rows)


def _source_beyond(whole: str, part: str) -> str:
    """The source of a point where that of its whole list does not already say it."""
    return "" if part.startswith(whole) else part


@open_to_all
@of_today("about-stages")
def stages(request: Request, version: RulebookVersion) -> HttpResponse:
    """The stages of a group's life."""
    return shown(request, "stages", version.book)


@open_to_all
@of_today()
def versions(request: Request, version: RulebookVersion) -> HttpResponse:
    """Every version of the rulebook, and what changed between two of them."""
    held = list(selectors.versions())
    old, new = request.GET.get("old", ""), request.GET.get("new", "")
    numbered = {each.number: each for each in held}
    if (old or new) and not {old, new} <= numbered.keys():
        return absent(request, _("その版は、この自治体にありません。"), version.book)
    # Until somebody chooses: what the newest version changed in the one before it.
    before, after = (old, new) if old else (held[1].number, held[0].number) if len(held) > 1 else ("", "")
    return shown(
        request,
        "versions",
        version.book,
        current=version,
        versions=held,
        chosen_old=before,
        chosen_new=after,
        compared=bool(before),
        found=changes(numbered[before].book, numbered[after].book) if before else (),
        day=today(),
    )
