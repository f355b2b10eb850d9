"""The clock shows Japan's time."""

from datetime import timedelta

from tomoni.kernel.clock import now, today


def test_the_clock_runs_in_japan():
    assert now().utcoffset() == timedelta(hours=9)
    assert today() == now().date()
