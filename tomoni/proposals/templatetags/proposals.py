"""Money as people read it."""

from django import template

register = template.Library()


@register.filter
def commas(amount: int) -> str:
    """1000000 as 1,000,000."""
    return f"{amount:,}"
