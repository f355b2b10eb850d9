"""What the states of a year mean on paper: which are ratings, their signs in black and white, and how they are counted. Pure."""

from __future__ import annotations

from tomoni.papers.content import Content

# A sign for each status that is told apart without colour; the word stands beside it in the legend.
SIGNS = {"on_track": "○", "off_track": "▲", "done": "■", "changed": "◇", "not_started": "－"}
OPEN_SIGN, OUTSIDE_SIGN = "・", ""
OUTSIDE = "outside"


def is_status(state: str) -> bool:
    """Whether a state is a rating, and not the reason why there is none."""
    return state in SIGNS


def sign(state: str) -> str:
    """The sign of a state in black and white."""
    return OUTSIDE_SIGN if state == OUTSIDE else SIGNS.get(state, OPEN_SIGN)


def counted(content: Content, year: str) -> dict[str, int]:
    """How many lines stand where in a year; "" are those whose state is not known. Years outside are not counted."""
    found = {**dict.fromkeys(SIGNS, 0), "": 0}
    for measure in content["measures"]:
        for line in measure["lines"]:
            state = line["years"][year]["state"]
            if state != OUTSIDE:
                found[state if is_status(state) else ""] += 1
    return found


def legend(content: Content) -> list[dict[str, str]]:
    """Each sign that stands in the paper, with its word."""
    seen = {line["years"][y]["state"] for m in content["measures"] for line in m["lines"] for y in line["years"]}
    words = content["words"]["short"]
    told = [{"sign": SIGNS[state], "state": state, "word": words[state]} for state in SIGNS if state in seen]
    if any(not is_status(state) and state != OUTSIDE for state in seen):
        told.append({"sign": OPEN_SIGN, "state": "", "word": "状況が不明"})
    return told
