"""Components give people and machines the same information."""

import re

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import engines

from tomoni.ui.gallery import SampleForm, refused_form


def shown(source: str, **context: object) -> str:
    from django_cotton.compiler_regex import CottonCompiler

    html = engines["django"].from_string(CottonCompiler().process(source)).render(context)
    return re.sub(r"\s+", " ", html).strip()


def test_a_field_ties_its_label_help_and_error_to_the_control():
    form = refused_form()

    html = shown('<c-ui.field :field="form.title" />', form=form)

    assert '<label for="id_refused-title">事業名 <span class="must">※必須</span> </label>' in html
    assert 'aria-describedby="id_refused-title_helptext id_refused-title_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_refused-title_helptext"' in html
    assert 'id="id_refused-title_error"' in html
    assert 'value="夜の通学路に見守りのあかりをともし続ける取組"' in html


def test_a_field_that_may_stay_empty_says_so():
    assert '<span class="may">任意</span>' in shown('<c-ui.field :field="form.mail" />', form=SampleForm())


def test_choices_are_a_group_with_its_question():
    html = shown('<c-ui.field :field="form.side" />', form=SampleForm())

    assert html.startswith('<fieldset class="field choices">')
    assert "<legend>どの立場ですか" in html


def test_what_is_wrong_is_listed_at_the_top_with_a_way_to_each_field():
    form = refused_form()

    html = shown('<c-ui.errors :form="form" />', form=form)

    assert 'role="alert"' in html
    assert "募集の期間が終わっています。次の募集を待ってください。" in html
    assert '<a href="#id_refused-title">事業名</a>' in html
    for target in re.findall(r'href="#([^"]+)"', html):
        assert f'id="{target}"' in str(form)


def test_a_form_without_faults_lists_none():
    assert shown('<c-ui.errors :form="form" />', form=SampleForm()) == ""


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("text", "書いてください。"), ("kind", "選んでください。"), ("agreed", "確かめて、しるしを付けてください。")],
)
def test_an_empty_field_says_what_to_do(name, sentence):
    assert SampleForm({}).errors[name] == [sentence]


def test_an_act_that_cannot_be_done_says_why():
    html = shown('<c-ui.button id="hand-in" why="合計が一致していません。">提出する</c-ui.button>')

    assert 'aria-disabled="true"' in html
    assert 'aria-describedby="hand-in-why"' in html
    assert '<p class="why" id="hand-in-why">合計が一致していません。</p>' in html
    assert 'type="button"' in html


def test_a_list_on_one_page_has_no_page_numbers_and_a_long_one_marks_the_present():
    source = '<c-ui.pagination :page="page" query="q=1&" />'

    assert shown(source, page=Paginator(range(3), 10).get_page(1)) == ""
    assert '<a href="?q=1&amp;page=9" aria-current="page">9</a>' in shown(
        source, page=Paginator(range(200), 10).get_page(9)
    )


def test_a_component_sees_nothing_of_the_page_around_it():
    assert shown("<c-ui.card>中身</c-ui.card>", title="ページの題") == '<section class="card " > 中身 </section>'


def test_what_people_wrote_cannot_carry_markup_into_a_component():
    html = shown('<c-ui.party :name="name" :note="name" />', name='"><script>alert(1)</script>')

    assert "<script>" not in html


def test_a_hidden_field_stays_hidden():
    class Hidden(forms.Form):
        key = forms.CharField(widget=forms.HiddenInput)

    assert shown('<c-ui.field :field="form.key" />', form=Hidden()) == '<input type="hidden" name="key" id="id_key">'
