"""The mark of a status: shape, word and colour."""

from tomoni.ui.marks import TONES, WORDS, icons, mark


def test_a_mark_has_a_class_a_shape_and_the_citys_word():
    assert mark("on_track", "計画どおり") == (
        '<span class="st on_track"><svg aria-hidden="true"><use href="/static/tomoni/icons.svg#on_track"/></svg>'
        "計画どおり</span>"
    )


def test_without_a_word_of_the_city_the_mark_has_its_own():
    assert mark("off_track").endswith("</svg>遅れ</span>")


def test_a_status_nobody_wrote_is_shown_as_open():
    assert mark("") == mark("unknown")
    assert 'class="st open"' in mark("")
    assert mark("").endswith("未記入</span>")


def test_a_word_cannot_carry_markup():
    assert mark("done", "<b>完了</b>").endswith("&lt;b&gt;完了&lt;/b&gt;</span>")


def test_every_shape_that_is_named_is_drawn(settings):
    drawn = (settings.ROOT / "tomoni" / "ui" / "static" / "tomoni" / "icons.svg").read_text()
    named = {*(word or "open" for word in WORDS), *TONES.values()}

    assert icons() == "/static/tomoni/icons.svg"
    assert {name for name in named if f'id="{name}"' not in drawn} == set()
