"""What the architecture promises about templates, styles and components, read as text."""

import re
from collections.abc import Iterator
from pathlib import Path

from tomoni.ui.panels import PANELS

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "tomoni"
COMPONENTS = PACKAGE / "ui" / "templates" / "cotton" / "ui"
GALLERY = [*(PACKAGE / "ui" / "templates" / "ui" / "gallery").glob("*.html"), PACKAGE / "ui/templates/ui/gallery.html"]
JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠々]")
COMMENTS = re.compile(r"{#.*?#}|{%\s*comment\b.*?%}.*?{%\s*endcomment\s*%}", re.DOTALL)
TRANSLATED = re.compile(
    r"_\(\"[^\"]*\"\)|{%\s*(?:translate|trans)\s.*?%}|{%\s*blocktrans(?:late)?\b.*?%}.*?{%\s*endblocktrans(?:late)?\s*%}",
    re.DOTALL,
)


def templates() -> Iterator[Path]:
    return (path for path in sorted(PACKAGE.rglob("templates/**/*")) if path.suffix in {".html", ".txt"})


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def bare(text: str) -> str:
    """What is left of a template without comments and translated words."""
    return TRANSLATED.sub("", COMMENTS.sub("", text))


def test_no_template_is_longer_than_150_lines():
    assert [named(path) for path in templates() if len(path.read_text().splitlines()) > 150] == []


def test_every_word_people_read_passes_through_translation():
    told = [
        f"{named(path)}: {line.strip()[:60]}"
        for path in templates()
        for line in bare(path.read_text()).splitlines()
        if JAPANESE.search(line)
    ]

    assert told == []


def test_the_search_for_bare_words_finds_one_between_translated_ones():
    assert JAPANESE.search(bare('{% translate "はい" %}いいえ{# 注 #}'))
    assert not JAPANESE.search(
        bare('<p>{% translate "はい" %}{% blocktranslate with a=b %}{{ a }}の{% endblocktranslate %}')
    )


def test_no_template_carries_scripts_or_styles_inside():
    inside = re.compile(
        r"<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:|hx-on|<script(?![^>]*\bsrc=)", re.IGNORECASE
    )
    carrying = [
        f"{named(path)}: {found.group()}"
        for path in templates()
        if (found := inside.search(COMMENTS.sub("", path.read_text())))
    ]

    assert carrying == []


def test_nothing_is_fetched_from_other_hosts():
    fetched = re.compile(r"<(?:script|link|img|iframe)\b[^>]*(?:src|href)=[\"']?(?:https?:)?//")
    styles = [path for path in PACKAGE.rglob("static/**/*.css") if re.search(r"url\(|@import", path.read_text())]

    assert [named(path) for path in templates() if fetched.search(path.read_text())] == []
    assert styles == []


def test_every_component_begins_with_what_it_takes_and_what_it_is_for():
    silent = [
        path.name
        for path in sorted(COMPONENTS.glob("*.html"))
        if not re.match(r"<c-vars[^>]*/>\n{# [^#]{20,} #}\n", path.read_text())
    ]

    assert silent == []


def test_there_are_about_thirty_components_and_the_gallery_shows_each():
    names = {path.stem for path in COMPONENTS.glob("*.html")}
    shown = set(re.findall(r"<c-ui\.([a-z]+)", "\n".join(path.read_text() for path in GALLERY)))
    # A form shows these two by itself.
    shown |= {"errors", "field"}

    assert 20 <= len(names) <= 35
    assert names - shown == set()


def test_templates_use_only_components_that_exist():
    names = {path.stem for path in COMPONENTS.glob("*.html")}
    unknown = [
        f"{named(path)}: {name}"
        for path in templates()
        for name in re.findall(r"<c-ui\.([a-z-]+)", path.read_text())
        if name not in names
    ]

    assert unknown == []


def test_every_place_a_panel_fills_is_left_by_a_template():
    left = {
        place for path in templates() for place in re.findall(r"{%\s*panels\s+[\"']([a-z._-]+)[\"']", path.read_text())
    }

    assert set(PANELS) - left == set()


def test_raw_colours_stand_only_among_the_tokens():
    sheets = [path for path in PACKAGE.rglob("static/**/*.css") if path.name not in {"tokens.css", "print.css"}]
    raw = [
        f"{named(path)}: {colour}"
        for path in sheets
        for colour in re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[;\s,)])", path.read_text())
    ]

    assert sheets
    assert raw == []
