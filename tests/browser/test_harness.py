"""The check itself must see what it is there to see."""

import pytest


@pytest.mark.parametrize(
    ("fault", "seen"),
    [
        (
            "document.querySelector('h1').insertAdjacentHTML('afterend', '<img src=/static/tomoni/icon.svg>')",
            "image-alt",
        ),
        ("document.querySelector('.foot p').style.color = '#bbb'", "color-contrast"),
        ("document.querySelector('h1').style.width = '900px'", "900px"),
        ("document.body.insertAdjacentHTML('beforeend', '<p style=\"margin:0\">.</p>')", "Content Security Policy"),
        ("console.error('something broke')", "something broke"),
    ],
)
def test_a_planted_fault_is_seen(visit, check, fault, seen):
    page = visit("/")

    page.evaluate(fault)

    with pytest.raises(AssertionError, match=seen):
        check(page)
