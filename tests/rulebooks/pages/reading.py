"""What a reader sees of an answered page."""

from __future__ import annotations

import re
from html import unescape

from django.http import HttpResponse


def words(page: HttpResponse) -> str:
    """The text of the page: tags and extra blanks taken away."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.content.decode())).split())


def reads(page: HttpResponse, text: str) -> bool:
    """Does the page say this, wherever its tags and blanks stand?"""
    return text.replace(" ", "") in words(page).replace(" ", "")
