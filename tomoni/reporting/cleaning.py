"""Texts and numbers as people write them, made fit to be kept: nothing is cut or taken away silently."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def clean_text(text: str) -> str:
    """A text with one kind of line end. ValidationError for signs no text holds; nothing is taken away silently."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n").replace("\x0c", "\n")
    if found := _CONTROL.search(text):
        raise ValidationError(
            _("%s文字目に、表示できない制御文字があります。その文字を消してください。") % (found.start() + 1)
        )
    return text


def decimal_of(text: str) -> Decimal | None:
    """A number as people write it: 1,234 or １２３４ or 12.5; None for nothing. ValidationError for words."""
    plain = unicodedata.normalize("NFKC", text).replace(",", "").replace("，", "").strip()
    if not plain:
        return None
    try:
        value = Decimal(plain)
    except InvalidOperation as problem:
        raise ValidationError(_("数字だけを書いてください。単位はいりません。")) from problem
    if not value.is_finite() or abs(value) >= 10**13 or value != round(value, 3):
        raise ValidationError(_("13桁まで、小数は3桁までの数にしてください。"))
    return value
