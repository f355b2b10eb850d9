"""What every piece of a rulebook is made of: frozen, nothing unknown allowed, each entry with its source."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

STANDARD = "ともに標準"
"""The source named by everything the city's own document does not say and Tomoni needs to work."""

Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)]
Label = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]

Side = Literal["civic", "city"]
Stage = Literal["considering", "planning", "doing", "reflecting"]


class Part(BaseModel):
    """A part of a rulebook: cannot be changed, and a key it does not know is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Entry(Part):
    """One line of a list: a key for the program, a label for people, and where it comes from."""

    key: Key
    """Name for the program: lower-case letters, digits and underscores; never changed once in use."""
    label: Label
    """The city's own word, as its document prints it."""
    cites: Label
    """Chapter and section it comes from; `ともに標準` when the city's document is silent."""
    text: str = Field(default="", max_length=1000)
    """What it means, in plain words of our own."""
    gap: str = Field(default="", max_length=300)
    """What the copy of the document does not let us read (a lost figure), said to the reader."""

    @property
    def is_standard(self) -> bool:
        """True when the city's own document does not say this."""
        return self.cites == STANDARD
