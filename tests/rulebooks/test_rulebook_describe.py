"""The reference page says what the schema says."""

from __future__ import annotations

from pathlib import Path

from tomoni.rulebooks.describe import describe
from tomoni.rulebooks.loading import load
from tomoni.rulebooks.schema import Rulebook

PAGE = Path(__file__).parents[2] / "docs" / "rulebook.md"


def test_the_reference_page_is_what_the_schema_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == describe(), "write describe() to docs/rulebook.md"


def test_every_key_of_the_format_has_a_meaning() -> None:
    rows = [line for line in describe().splitlines() if line.startswith("| `")]

    assert len(rows) > 100
    assert [row for row in rows if row.endswith("|  |")] == []


def test_every_key_of_a_rulebook_is_on_the_page() -> None:
    page = describe()

    assert [name for name in Rulebook.model_fields if f"| `{name}` |" not in page] == []


def test_the_page_tells_lists_limits_and_what_is_needed() -> None:
    rows = {line.split("|")[1].strip(): line for line in describe().splitlines() if line.startswith("| `")}

    assert rows["`forms`"].startswith("| `forms` | list of [Form](#form) (at least 1) | **needed** |")
    assert rows["`plan`"].startswith("| `plan` | [PlanLayout](#planlayout)")
    assert rows["`zone_remarks`"].startswith("| `zone_remarks` | mapping of text to text | empty |")
    assert rows["`must_end`"].startswith("| `must_end` | true or false | false |")
    assert rows["`longest_years`"].startswith("| `longest_years` | number or null (from 1, to 50) | none |")
    assert rows["`terms`"].startswith("| `terms` | [Terms](#terms) | as in the standard |")


def test_the_example_of_the_guide_is_a_rulebook(tmp_path: Path) -> None:
    guide = (PAGE.parent / "how-to" / "add-a-municipality.md").read_text(encoding="utf-8")
    example = tmp_path / "2024-04.yaml"
    example.write_text(guide.split("```yaml\n")[1].split("```")[0], encoding="utf-8")

    assert load(example).city.name == "灯里市"
