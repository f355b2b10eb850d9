"""Mail to people who asked. It carries a number and never what was asked or answered."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils.translation import gettext as _
from django_tasks import task

from tomoni.consultations.models import Consultation
from tomoni.consultations.workflow import State
from tomoni.tenants.models import Municipality
from tomoni.tenants.scope import scope

PATIENCE = 10  # seconds a mail server has while somebody waits for their page


@task()
def mail_asker(slug: str, key: int) -> int:
    """Tell the asker that there is an answer, or that it is done, behind the link they hold; the number of mails sent."""
    with scope(Municipality.objects.get(slug=slug)):
        consultation = Consultation.objects.select_related("municipality").get(pk=key)
        told = {"number": consultation.number, "city": consultation.municipality, "site": settings.SITE_NAME}
        is_closed = consultation.state == State.CLOSED
        news = (_("相談 %(number)s の対応を終えました") if is_closed else _("相談 %(number)s に回答しました")) % told
        text = _(
            "%(city)sです。%(news)s。\n\n"
            "受け付けたときにお知らせした、確認用のページを開いてください。\n"
            "ページのアドレスが分からないときは、相談の番号を窓口に伝えてください。\n"
        ) % {**told, "news": news}
        subject = _("[%(site)s] %(news)s") % {**told, "news": news}
        return EmailMessage(subject=subject, body=text, to=[consultation.asker_mail]).send()


def mail_link(consultation: Consultation, *, path: str) -> bool:
    """Send the private link at once, so that it is never kept anywhere; False when the mail could not leave.

    `path` is the address of the asker's page without the host.
    """
    text = _(
        "%(city)sです。相談 %(number)s を受け付けました。\n\n回答と進み具合は、次のページで確かめられます。\n%(url)s\n\n"
        "このアドレスを知っている人は、だれでもこのページを読めます。ほかの人に教えないでください。\n"
    ) % {"city": consultation.municipality, "number": consultation.number, "url": settings.SITE_URL + path}
    subject = _("[%(site)s] 相談 %(number)s を受け付けました") % {
        "site": settings.SITE_NAME,
        "number": consultation.number,
    }
    connection = get_connection(timeout=PATIENCE)
    try:
        return EmailMessage(subject=subject, body=text, to=[consultation.asker_mail], connection=connection).send() == 1
    except OSError:
        return False
