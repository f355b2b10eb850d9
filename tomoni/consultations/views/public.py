"""For those who ask, without an account: the form, and the page behind their private link."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from tomoni.cases.services import RulesBroken
from tomoni.consultations import limits, selectors, services, tasks
from tomoni.consultations.asker import ANYBODY
from tomoni.consultations.forms import AskForm, WriteBackForm
from tomoni.consultations.models import Channel, Consultation
from tomoni.consultations.talk import talk_of
from tomoni.consultations.views.tickets import new_ticket, token_in
from tomoni.consultations.workflow import State
from tomoni.kernel.clock import now, today
from tomoni.kernel.decisions import NotAllowed
from tomoni.parties.permissions import Role
from tomoni.rulebooks.schema import Rulebook
from tomoni.rulebooks.selectors import NoRulebook, book_of
from tomoni.ui.access import open_to_all
from tomoni.ui.pages import page
from tomoni.ui.requests import Request

SENT, JUST_ASKED = "consultations.sent", "consultations.just_asked"


def book_in_force(request: Request) -> Rulebook:
    """The city's rulebook of today; a city without one has no desk (404)."""
    try:
        return book_of(request.municipality, today())
    except NoRulebook as missing:
        raise Http404(str(missing)) from missing


@open_to_all
@never_cache
def ask(request: Request, municipality: str) -> HttpResponse:
    """Anybody asks; nobody needs an account. Whoever sends too often is asked to wait, in words."""
    book = book_in_force(request)
    if request.method != "POST":
        form = AskForm(book=book, initial={"ticket": new_ticket(), "theme": request.GET.get("theme", "")})
        return page(request, "consultations/ask.html", {"form": form, "book": book})
    form = AskForm(request.POST, book=book)
    if form.is_valid() and (refusal := _too_much(request, now())):
        form.add_error(None, refusal)
    if not form.is_valid():
        return page(request, "consultations/ask.html", {"form": form, "book": book}, status=422)
    return _received(request, form)


def _too_much(request: Request, at: datetime) -> str:
    """Why this must wait; "" when it need not."""
    if limits.is_too_often(request.session.get(SENT, []), at):
        return _("続けて送られたため、少し時間を置いてください。10分ほどたつと、また送れます。")
    if selectors.came_by_web_on(at.date()) >= limits.MOST_A_DAY:
        return _("今日はウェブでの受付が多くなっています。電話か窓口で相談するか、明日もう一度送ってください。")
    return ""


def _received(request: Request, form: AskForm) -> HttpResponse:
    at, typed = now(), dict(form.cleaned_data)
    token = token_in(typed.pop("ticket"))
    of_group = [seat.party for seat in request.actor.seats if seat.role == Role.MEMBER]
    enquiry = services.Enquiry(channel=Channel.WEB, asker_id=of_group[0] if of_group else None, **typed)
    consultation = services.receive(
        enquiry, token=token, at=at, by=request.actor if request.actor.is_signed_in else ANYBODY
    )
    request.session[SENT] = [*limits.still_counting(request.session.get(SENT, []), at), at.timestamp()]
    request.session[JUST_ASKED] = consultation.pk
    path = reverse("asked", args=[request.municipality.slug, token])
    if consultation.asker_mail:
        tell_mailed(request, is_sent=tasks.mail_link(consultation, path=path))
    return redirect(path)


def tell_mailed(request: Request, *, is_sent: bool) -> None:
    """Say whether the private link went out by mail."""
    if is_sent:
        messages.success(request, _("確認用のページのアドレスを、メールでも送りました。"))
    else:
        messages.warning(request, _("メールを送れませんでした。確認用のページのアドレスを、書き留めてください。"))


@open_to_all
@never_cache
def asked(request: Request, municipality: str, token: str) -> HttpResponse:
    """What the asker sees behind the private link: where it stands, the answer, and room to write back."""
    consultation = get_object_or_404(selectors.asked_with(token))
    form = WriteBackForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.write_back(consultation, text=form.cleaned_data["text"], at=now())
        except (NotAllowed, RulesBroken) as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("続きを受け付けました。担当が読んで回答します。"))
            return redirect("asked", municipality=municipality, token=token)
    return _asked_page(request, consultation, form)


def _asked_page(request: Request, consultation: Consultation, form: WriteBackForm) -> HttpResponse:
    is_new = request.session.get(JUST_ASKED) == consultation.pk
    if is_new:
        del request.session[JUST_ASKED]
    shown = {
        "consultation": consultation,
        "talk": talk_of(consultation),
        "form": form,
        "may_write_back": consultation.state in {State.ANSWERED, State.CLOSED},
        "address": request.build_absolute_uri(request.path) if is_new else "",
        "excluded": selectors.exclusion_of(consultation),
    }
    response = page(request, "consultations/asked.html", shown, status=422 if form.errors else 200)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
