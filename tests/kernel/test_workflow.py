"""A workflow refuses to exist when it contradicts itself, and draws itself."""

from dataclasses import replace

import pytest

from tomoni.kernel.workflow import BadWorkflow, Holder, Label, Step, Workflow

DRAFT_TO_DONE = Workflow(
    name="見本",
    initial="draft",
    holder={"draft": Holder.CIVIC, "done": Holder.NOBODY},
    labels={"draft": Label("下書き", "準備中"), "done": Label("完了", "完了")},
    steps=(Step("finish", "終える", ("draft",), "done", "sample:write"),),
)


def test_a_step_is_found_only_in_a_state_it_leads_out_of():
    assert DRAFT_TO_DONE.step("finish", "draft") == DRAFT_TO_DONE.steps[0]
    assert DRAFT_TO_DONE.step("finish", "done") is None
    assert DRAFT_TO_DONE.step("vanish", "draft") is None


def test_the_last_states_are_those_no_step_leads_out_of():
    assert DRAFT_TO_DONE.final == frozenset({"done"})
    assert DRAFT_TO_DONE.steps_from("draft") == DRAFT_TO_DONE.steps


def test_a_state_without_a_holder_is_refused():
    with pytest.raises(BadWorkflow, match=r"without holder, label or use: \['done'\]"):
        replace(DRAFT_TO_DONE, holder={"draft": Holder.CIVIC})


def test_a_state_without_a_label_is_refused():
    with pytest.raises(BadWorkflow, match="done"):
        replace(DRAFT_TO_DONE, labels={"draft": Label("下書き", "準備中")})


def test_a_state_nobody_can_come_to_is_refused():
    lost = Step("leave", "去る", ("island",), "done", "sample:write")

    with pytest.raises(BadWorkflow, match=r"no way leads to \['island'\]"):
        replace(
            DRAFT_TO_DONE,
            holder={**DRAFT_TO_DONE.holder, "island": Holder.CITY},
            labels={**DRAFT_TO_DONE.labels, "island": Label("島", "島")},
            steps=(*DRAFT_TO_DONE.steps, lost),
        )


def test_one_step_cannot_lead_two_ways_from_one_state():
    twin = Step("finish", "終える", ("draft",), "draft", "sample:write")

    with pytest.raises(BadWorkflow, match="one step leads two ways"):
        replace(DRAFT_TO_DONE, steps=(*DRAFT_TO_DONE.steps, twin))


def test_the_picture_names_states_and_steps():
    assert DRAFT_TO_DONE.mermaid() == "\n".join(
        [
            "stateDiagram-v2",
            "    [*] --> draft",
            "    draft: 下書き",
            "    done: 完了",
            "    draft --> done: 終える",
            "    done --> [*]",
        ]
    )
