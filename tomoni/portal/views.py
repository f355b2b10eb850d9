"""Where people arrive: the list of municipalities, a municipality's home, its accessibility policy; and the watchers."""

from __future__ import annotations

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache

from tomoni.kernel.clock import today
from tomoni.portal import front, selectors
from tomoni.portal.rooms import KINDS, waiting_for
from tomoni.proposals import selectors as proposals
from tomoni.search.selectors import found
from tomoni.ui.access import open_to_all, signed_in
from tomoni.ui.pages import page
from tomoni.ui.requests import Request

PER_PAGE = 20
FEED_ENTRIES = 30


@open_to_all
def cities(request: Request) -> HttpResponse:
    """Every municipality served here."""
    return page(request, "portal/cities.html", {"cities": selectors.municipalities()})


@open_to_all
def home(request: Request, municipality: str) -> HttpResponse:
    """What is new and open in this municipality, what one can do, and how the plan goes."""
    on = today()
    calls = proposals.calls(on)
    shown = {"calls": calls.open, "news": front.news(on, rounds=calls.open), "numbers": front.numbers(on)}
    return page(request, "portal/home.html", shown)


@signed_in
@never_cache
def turn(request: Request, municipality: str) -> HttpResponse:
    """あなたの番: what waits for this person in all rooms, and what they were told lately."""
    told = selectors.told(request.actor)
    return page(request, "portal/turn.html", {"rooms": waiting_for(request.actor), "told": told})


@open_to_all
def search(request: Request, municipality: str) -> HttpResponse:
    """One search over everything that is public here; words of two letters are found."""
    words, kind = request.GET.get("q", "")[:100], request.GET.get("kind", "")
    entries = Paginator(found(words, kind=kind if kind in KINDS else ""), PER_PAGE).get_page(request.GET.get("page"))
    shown = {
        "words": words,
        "entries": entries,
        "found": [(entry, KINDS.get(entry.kind, "")) for entry in entries],
        "fields": [
            {"name": "q", "label": _("ことば"), "value": words, "placeholder": _("防災 見守り")},
            {
                "name": "kind",
                "label": _("さがす所"),
                "value": kind,
                "options": [{"value": key, "label": label} for key, label in KINDS.items()],
            },
        ],
        "query": urlencode({"q": words, "kind": kind}) + "&",
    }
    return page(request, "portal/search.html", shown)


@open_to_all
@cache_control(public=True, max_age=300)
def feed(request: Request, municipality: str) -> HttpResponse:
    """What became public or changed lately, as an Atom feed."""
    base = f"{request.scheme}://{request.get_host()}"
    made = Atom1Feed(
        title=_("%(city)sの協働") % {"city": request.municipality.name},
        link=base + reverse("home", args=[municipality]),
        description=_("公開されたことと、直されたこと"),
        language="ja",
        feed_url=base + request.path,
    )
    for entry in selectors.newest(FEED_ENTRIES):
        made.add_item(
            title=entry.title,
            link=base + entry.url,
            description=entry.excerpt,
            updateddate=entry.updated_at,
            unique_id=f"tag:{request.get_host()},2026:{municipality}/{entry.subject_type}/{entry.subject_id}",
        )
    return HttpResponse(made.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


@open_to_all
def accessibility(request: Request, municipality: str) -> HttpResponse:
    """What we aim at, what is known to fall short, and whom to tell."""
    return page(request, "portal/accessibility.html")


@open_to_all
@never_cache
def healthz(request: Request) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@open_to_all
@never_cache
def readyz(request: Request) -> JsonResponse:
    """The database answers and every migration is applied (200), or what is missing (503)."""
    missing = selectors.what_is_missing()
    return JsonResponse({"ready": not missing, "missing": missing}, status=503 if missing else 200)


@open_to_all
@cache_control(public=True, max_age=86400)
def robots(request: Request) -> HttpResponse:
    """Search engines may read all but sign-in and the gallery."""
    lines = ["User-agent: *", "Disallow: /accounts/", "Disallow: /_ui/", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain")
