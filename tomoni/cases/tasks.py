"""Mail leaves through the worker, so that a slow mail server holds nobody up."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils.translation import gettext as _
from django_tasks import task

from tomoni.history.models import Notice
from tomoni.tenants.models import Municipality
from tomoni.tenants.scope import scope


@task()
def mail_notices(slug: str, keys: list[int]) -> int:
    """Send one mail for each notice of that municipality; the number sent."""
    with scope(Municipality.objects.get(slug=slug)):
        notices = Notice.objects.filter(pk__in=keys).select_related("user")
        mails = [
            EmailMessage(
                subject=f"[{settings.SITE_NAME}] {notice.text}",
                body=_("%(text)s\n\n開く: %(url)s\n") % {"text": notice.text, "url": settings.SITE_URL + notice.url},
                to=[notice.user.email],
            )
            for notice in notices
        ]
    return get_connection().send_messages(mails) or 0
