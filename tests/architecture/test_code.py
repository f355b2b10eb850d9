"""What the architecture promises about the code, read as text and syntax."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "tomoni"


def modules() -> Iterator[Path]:
    return (path for path in sorted(PACKAGE.rglob("*.py")) if "migrations" not in path.parts)


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_no_module_is_longer_than_400_lines_and_no_test_than_500():
    long = [named(path) for path in modules() if len(path.read_text().splitlines()) > 400]
    long_tests = [named(p) for p in (ROOT / "tests").rglob("*.py") if len(p.read_text().splitlines()) > 500]

    assert long == []
    assert long_tests == []


def test_no_function_is_longer_than_60_lines():
    long = [
        f"{named(path)}:{node.name}"
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= 60
    ]

    assert long == []


def test_every_module_says_what_it_is_for():
    silent = [named(path) for path in modules() if not ast.get_docstring(ast.parse(path.read_text()))]

    assert silent == []


def test_no_module_has_a_name_that_means_nothing():
    empty = {"utils", "helpers", "common", "misc", "manager", "handler", "processor", "data", "info"}

    assert [named(path) for path in modules() if path.stem in empty] == []


def test_views_reach_rows_only_through_selectors():
    views = [path for path in modules() if path.stem == "views" or "views" in path.parent.parts[-1:]]
    direct = [named(path) for path in views if re.search(r"\.objects\b", path.read_text())]

    assert views
    assert direct == []


def test_only_cases_moves_a_state():
    movers = [
        named(path)
        for path in modules()
        if path.parent.name != "cases" and re.search(r"\.state\s*=[^=]|update\(state=", path.read_text())
    ]

    assert movers == []


def test_services_know_no_request():
    services = [path for path in modules() if path.stem == "services" or path.parent.name == "services"]
    knowing = [named(path) for path in services if re.search(r"\brequest\b", path.read_text())]

    assert services
    assert knowing == []


def test_nothing_happens_behind_the_readers_back():
    listening = [
        named(p) for p in modules() if re.search(r"django\.(db\.models|dispatch).*signal|receiver\(", p.read_text())
    ]

    assert listening == []


def test_decisions_have_numbers_of_their_own():
    numbers = [path.name[:4] for path in sorted((ROOT / "docs" / "adr").glob("*.md"))]

    assert numbers == [f"{n:04}" for n in range(1, len(numbers) + 1)]


def test_the_pinned_requirements_name_no_address():
    pinned = list(ROOT.glob("requirements/*"))
    address = re.compile(r"https?://|^--", re.MULTILINE)

    assert len(pinned) == 4
    assert [named(path) for path in pinned if address.search(path.read_text())] == []
