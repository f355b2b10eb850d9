"""The only clock. Views and commands read it and hand `on` or `at` down; nothing below them asks the time."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

JAPAN = ZoneInfo("Asia/Tokyo")


def now() -> datetime:
    """This moment, in Japan's time."""
    return datetime.now(tz=JAPAN)


def today() -> date:
    """Today's date in Japan."""
    return now().date()
