"""People decide which numbers are followed, under which name, and which were read wrongly."""

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.urls import reverse

from tests import make
from tests.plans.importing import papers
from tomoni.history.selectors import story_of
from tomoni.kernel.decisions import NotAllowed
from tomoni.parties.actor import NOBODY, program
from tomoni.parties.permissions import Role
from tomoni.plans import following
from tomoni.plans.following import Aim
from tomoni.plans.importing.undo import ChangedSince, undo
from tomoni.plans.models import Figure, Indicator, Measure, Redaction
from tomoni.plans.redacting import line_place
from tomoni.plans.selectors.indicators import asked_of
from tomoni.tenants.scope import scope

BY = program("test")


@pytest.fixture(autouse=True)
def nothing_kept():
    """Pages of plans are kept; tests use the same numbers again."""
    cache.clear()


@pytest.fixture
def people(city, seat):
    return {
        "member": seat("hanako", Role.MEMBER, make.group()),
        "officer": seat("taro", Role.OFFICER, make.department("道路課")),
        "other": seat("jiro", Role.OFFICER, make.department("公園課")),
        "division": seat("kyodo", Role.DIVISION),
        "council": seat("iin", Role.COUNCIL, make.group("推進会議")),
    }


@pytest.fixture
def measure(city):
    plan = make.plan()
    made = make.measure(plan, "夜道を明るくする", heading=make.heading(plan), number="7")
    make.line(made, "道路課", related=["公園課"])
    return made


@pytest.fixture
def figures(measure):
    """街灯の数 under two spellings over three years, and a number that was read wrongly."""
    return [
        make.figure(measure, 2018, 4, label="街灯", unit="本"),
        make.figure(measure, 2019, 6, label="街灯の数", unit="本"),
        make.figure(measure, 2020, 9, label="街灯の数", unit="本"),
        make.figure(measure, 2020, 2020, label="街灯の数", unit="年", source_at="B2"),
    ]


def lamps(measure, **values):
    return following.follow(
        measure,
        **{
            "label": "街灯の数",
            "unit": "本",
            "spellings": ["街灯", "街灯の数"],
            "aim": Aim(10, 2021),
            "by": BY,
            **values,
        },
    )


def names(measure):
    return list(
        Figure.objects.filter(measure=measure, unit="本").order_by("year").values_list("label", "printed_label")
    )


def test_following_gives_the_spellings_one_name_and_keeps_the_old_one(measure, figures):
    made = lamps(measure)

    assert (made.label, made.unit, made.target, made.target_year) == ("街灯の数", "本", 10, 2021)
    assert names(measure) == [("街灯の数", "街灯"), ("街灯の数", ""), ("街灯の数", "")]
    assert [one.value for one in asked_of([measure])[measure.pk][0].readings] == [4, 6, 9]
    told = [(event.verb, event.details.get("before"), event.details.get("after")) for event in story_of(measure)]
    assert told == [("follow", None, None), ("rename_figure", "街灯", "街灯の数")]


MAY = {"officer": True, "division": True, "other": False, "member": False, "council": False, "nobody": False}


@pytest.mark.parametrize(("who", "may"), MAY.items())
def test_only_its_own_department_and_the_division_follow(who, may, measure, figures, people):
    actor = NOBODY if who == "nobody" else people[who][2]

    if may:
        lamps(measure, by=actor)
    else:
        with pytest.raises(NotAllowed, match="担当課と協働担当課だけ"):
            lamps(measure, by=actor)

    assert Indicator.objects.count() == int(may)
    assert (names(measure)[0] == ("街灯の数", "街灯")) is may


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"label": " "}, "このフィールドは空ではいけません。"),
        ({"aim": Aim(None, 2021)}, "目標の年度だけでなく、目標値も書いてください。"),
        ({"label": "灯" * 101}, "100"),
    ],
)
def test_what_cannot_be_followed_is_refused_and_nothing_changes(values, why, measure, figures):
    with pytest.raises(ValidationError) as problem:
        lamps(measure, **values)

    assert why in str(problem.value)
    assert (Indicator.objects.count(), names(measure)[0]) == (0, ("街灯", ""))


def test_a_name_is_followed_once(measure, figures):
    lamps(measure)

    with pytest.raises(ValidationError, match="同じ名前の指標がすでにあります。"):
        lamps(measure)
    assert Indicator.objects.count() == 1


def test_stopping_keeps_the_series_and_needs_a_reason(measure, figures):
    held = lamps(measure)

    with pytest.raises(ValidationError):
        following.stop_following(held, after=2020, why=" ", by=BY)
    assert [len(asked_of([measure], year)[measure.pk]) for year in (2020, 2021)] == [1, 1]
    following.stop_following(held, after=2020, why="工事が終わったため。", by=BY)
    assert [len(asked_of([measure], year)[measure.pk]) for year in (2020, 2021, None)] == [1, 0, 0]
    following.follow_again(held, by=BY)
    assert [len(asked_of([measure], year)[measure.pk]) for year in (2020, 2021, None)] == [1, 1, 1]
    assert [e.verb for e in story_of(measure)][:2] == ["follow_again", "stop_following"]


def test_a_wrong_figure_is_set_aside_with_its_reason_and_counts_nowhere(measure, figures):
    with pytest.raises(ValidationError):
        following.set_figure_aside(figures[2], why="", by=BY)
    following.set_figure_aside(figures[2], why="計画の本数でした。", by=BY)
    held = lamps(measure)

    assert [one.value for one in asked_of([measure])[measure.pk][0].readings] == [4, 6]
    assert Figure.objects.get(pk=figures[2].pk).set_aside == "計画の本数でした。"
    following.put_figure_back(figures[2], by=BY)
    assert asked_of([measure])[measure.pk][0].of(2020).value == 9
    assert held.label == "街灯の数"


def test_a_figure_is_renamed_and_back(measure, figures):
    following.rename_figure(figures[0], label="灯りの数", by=BY)
    assert names(measure)[0] == ("灯りの数", "街灯")

    following.rename_figure(figures[0], label="街灯", by=BY)
    assert names(measure)[0] == ("街灯", "")


def test_one_cell_never_holds_two_numbers_of_one_name(measure, figures):
    beside = make.figure(measure, 2020, 3, label="点検", unit="回", source_at="B2")

    with pytest.raises(ValidationError, match="同じ名前の数値がすでにあります"):
        following.rename_figure(beside, label="街灯の数", by=BY)
    beside.refresh_from_db()
    assert (beside.label, beside.printed_label) == ("点検", "")


def test_the_next_import_respects_what_people_named(people):
    division = people["division"][2]
    papers.commit_now(papers.batch(papers.two_measures()), by=division)
    measure = Measure.objects.get(number="1")
    following.rename_figure(Figure.objects.get(), label="講座を開いた回数", by=division)
    paper = papers.two_measures()
    paper["numbers"] += [{"measure": "1", "year": 2018, "label": "講座の回数", "value": 3, "unit": "回", "at": "O10"}]

    papers.commit_now(papers.batch(paper, plan=measure.plan_id), by=division)

    assert list(Figure.objects.order_by("year").values_list("year", "label", "printed_label")) == [
        (2017, "講座を開いた回数", "講座の回数"),
        (2018, "講座を開いた回数", "講座の回数"),
    ]


@pytest.mark.parametrize("act", ["rename", "aside", "follow"])
def test_an_import_is_not_undone_under_what_people_did_with_its_figures(act, people):
    division = people["division"][2]
    batch = papers.commit_now(papers.batch(papers.two_measures()), by=division)
    held = Figure.objects.get()
    if act == "rename":
        following.rename_figure(held, label="開いた回数", by=division)
    elif act == "aside":
        following.set_figure_aside(held, why="計画の回数でした。", by=division)
    else:
        following.follow(held.measure, label="講座の回数", unit="回", by=division)

    with pytest.raises(ChangedSince):
        undo(batch, revision=batch.revision, at=make.NOON, by=division)
    assert (Figure.objects.count(), Measure.objects.count()) == (1, 2)


# Pages


def url(name, measure, *args):
    return reverse(name, args=["midorino", measure.plan_id, measure.pk, *args])


PAGES = {
    "indicators": {"visitor": 200, "member": 200, "officer": 200, "other": 200, "council": 200, "division": 200},
    "csv": {"visitor": 200, "member": 200, "officer": 200, "other": 200, "council": 200, "division": 200},
    "figures": {"visitor": 302, "member": 403, "officer": 200, "other": 403, "council": 403, "division": 200},
    "indicator-new": {"visitor": 302, "member": 403, "officer": 200, "other": 403, "council": 403, "division": 200},
    "indicator": {"visitor": 302, "member": 403, "officer": 200, "other": 403, "council": 403, "division": 200},
    "figure": {"visitor": 302, "member": 403, "officer": 200, "other": 403, "council": 403, "division": 200},
    "set_aside": {"visitor": 302, "member": 403, "officer": 302, "other": 403, "council": 403, "division": 302},
}


@pytest.mark.parametrize(("name", "who", "code"), [(p, w, c) for p, row in PAGES.items() for w, c in row.items()])
def test_a_page_opens_for_whom_the_table_says(name, who, code, measure, figures, people, client):
    held = lamps(measure)
    if who != "visitor":
        client.force_login(people[who][0])
    plan = reverse("indicators", args=["midorino", measure.plan_id])

    answer = {
        "indicators": lambda: client.get(plan),
        "csv": lambda: client.get(plan.rstrip("/") + ".csv"),
        "figures": lambda: client.get(url("figures", measure)),
        "indicator-new": lambda: client.get(url("indicator-new", measure)),
        "indicator": lambda: client.get(url("indicator", measure, held.pk)),
        "figure": lambda: client.get(url("figure", measure, figures[0].pk)),
        "set_aside": lambda: client.post(url("figure", measure, figures[0].pk), {"act": "aside", "why": "読み違い"}),
    }[name]()

    is_done = name == "set_aside" and code == 302 and who != "visitor"
    assert answer.status_code == code
    assert Figure.objects.exclude(set_aside="").count() == int(is_done)


def test_the_measure_shows_the_target_and_where_the_series_goes(measure, figures, client):
    lamps(measure)

    html = client.get(url("measure", measure)).text

    assert "増えている（平成30年度 4本 → 令和2年度 9本、+5本、2.25倍）" in html
    assert "目標の10本（令和3年度）まで、あと1本" in html
    assert 'class="aim"' in html


def test_an_officer_makes_an_indicator_of_what_the_page_offers(measure, figures, people, client):
    client.force_login(people["officer"][0])
    offered = client.get(url("figures", measure)).text
    there = url("indicator-new", measure) + "?key=街灯/本"

    form = client.get(there).text
    answer = client.post(
        there, {"label": "街灯の数", "unit": "本", "spellings": ["街灯"], "target": "１,０００", "target_year": "2021"}
    )

    assert "平成30年度 4本、令和元年度 6本、令和2年度 9本" in offered
    assert 'value="街灯の数"' in form
    assert answer.status_code == 302
    assert (Indicator.objects.get().target, names(measure)[0]) == (1000, ("街灯の数", "街灯"))


@pytest.mark.parametrize(
    ("name", "sent", "why"),
    [
        ("indicator-new", {"label": ""}, "指標の名前を書いてください。"),
        ("indicator-new", {"label": "灯り", "target": "十本"}, "数字だけを書いてください。"),
        ("indicator-new", {"label": "灯り", "target_year": "1990"}, "一覧にある年度を選んでください。"),
        ("indicator-new", {"label": "街灯の数"}, "同じ名前の指標がすでにあります。"),
        ("indicator", {"act": "aim", "target_year": "2021"}, "目標の年度だけでなく、目標値も書いてください。"),
        ("indicator", {"act": "stop", "after": "2020", "why": ""}, "たずねるのをやめる理由を書いてください。"),
        ("figure", {"act": "rename", "label": " "}, "何の数かを書いてください。"),
        ("figure", {"act": "aside", "why": ""}, "数えない理由を書いてください。"),
    ],
)
def test_what_is_in_the_way_is_said(name, sent, why, measure, figures, people, client):
    held = lamps(measure)
    client.force_login(people["officer"][0])
    key = {"indicator-new": (), "indicator": (held.pk,), "figure": (figures[3].pk,)}[name]
    before = list(Indicator.objects.values()), list(Figure.objects.order_by("pk").values())

    answer = client.post(url(name, measure, *key), sent)

    assert answer.status_code == 422
    assert why in answer.text
    assert before == (list(Indicator.objects.values()), list(Figure.objects.order_by("pk").values()))


def test_the_csv_has_a_row_a_year_and_no_formula(measure, figures, client):
    figures[3].delete()
    lamps(measure, label="=街灯の数")

    text = client.get(reverse("indicators-data", args=["midorino", measure.plan_id])).content.decode("utf-8-sig")

    assert text.splitlines()[0].startswith(
        "全国地方公共団体コード,地方公共団体名,計画,番号,施策,指標,単位,年度（西暦）"
    )
    assert (
        text.splitlines()[1]
        == "139998,みどり野市,あかり計画,7,夜道を明るくする,'=街灯の数,本,2018,平成30年度,4,10,2021,,,"
    )
    assert len(text.splitlines()) == 4


def test_the_sentence_of_a_number_hides_what_is_blackened(measure, client):
    batch = make.batch(measure.plan, b"sheet")
    line = measure.lines.get()
    make.progress(line, 2019, results="灯野あかりさんが街灯を6本立てた。", sources={"results": "B2"}, batch=batch)
    make.figure(measure, 2019, 6, label="街灯の数", unit="本", source_at="B2", batch=batch)
    lamps(measure, spellings=[])
    Redaction.objects.create(
        plan=measure.plan,
        place=line_place(line.pk, 2019, "results"),
        text="灯野あかり",
        occurrence=0,
        is_blackened=True,
        decided_at=make.NOON,
    )
    page = reverse("indicators", args=["midorino", measure.plan_id])

    for path in (page, page.rstrip("/") + ".csv"):
        said = client.get(path).content.decode()
        assert ("灯野あかり" in said, "■■さんが街灯を6本立てた。" in said) == (False, True)


def test_another_citys_figures_are_nowhere(people, client):
    with scope(make.city("aono", name="青野市", code="139999")):
        make.rulebook()
        theirs = make.measure(make.plan())
        figure = make.figure(theirs, 2019, 6)
    client.force_login(people["division"][0])

    assert client.get(url("figures", theirs)).status_code == 404
    assert client.post(url("figure", theirs, figure.pk), {"act": "aside", "why": "読み違い"}).status_code == 404
    assert client.get(reverse("indicators", args=["midorino", theirs.plan_id])).status_code == 404


def test_the_page_of_indicators_takes_as_many_queries_for_many_as_for_few(
    measure, client, django_assert_max_num_queries
):
    for n in range(24):
        each = make.measure(measure.plan, f"取組{n}")
        make.figure(each, 2019, n, label="街灯の数", unit="本")
        lamps(each, spellings=[])

    with django_assert_max_num_queries(8):
        html = client.get(reverse("indicators", args=["midorino", measure.plan_id])).text

    assert html.count('<svg class="chart"') == 20
