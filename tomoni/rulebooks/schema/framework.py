"""What the city's document says: what collaboration is, who takes part, in which forms, over which zones."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from tomoni.rulebooks.schema.base import Entry, Key, Label, Part, Side, Stage, Text

Nature = Literal[
    "cohosting",
    "committee",
    "cooperation",
    "commission",
    "endorsement",
    "grant",
    "participation",
    "exchange",
    "facility_use",
    "facility_management",
    "policy_proposal",
    "contact",
    "collaboration",
]
Lead = Literal["civic_alone", "civic", "both", "city", "city_alone"]
Binding = Literal["planning", "agreement", "evaluation"]


def _checked_code(code: str) -> str:
    """Check digit of the local government code: weights 6 to 2, modulo 11."""
    rest = sum(int(digit) * weight for digit, weight in zip(code, (6, 5, 4, 3, 2), strict=False)) % 11
    if int(code[5]) != (11 - rest) % 10:
        raise ValueError(f"「{code}」は団体コードとして正しくありません。最後の桁が合いません。")
    return code


class City(Part):
    """The municipality."""

    slug: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{1,39}$")]
    """Name in addresses; also the name of the folder."""
    name: Label
    """Name as people read it."""
    prefecture: Label
    """Prefecture, because names of cities repeat."""
    code: Annotated[str, StringConstraints(pattern=r"^\d{6}$"), AfterValidator(_checked_code)]
    """Six-digit local government code, in quotation marks."""


class Source(Part):
    """The document this rulebook was drawn from."""

    title: Label
    """Title on its cover."""
    dated: Label
    """Date as printed."""
    status: Literal["draft", "adopted"]
    """Whether the copy at hand is a draft or the adopted text."""
    note: str = Field(default="", max_length=500)
    """What a reader should know of the copy."""


class Passage(Part):
    """A definition in our own words, with its source."""

    label: Label
    """The word defined."""
    text: Text
    """What the city means by it, in our own words."""
    cites: Label
    """Chapter and section."""


class Definition(Part):
    """What the city means by its two main words."""

    collaboration: Passage
    """協働."""
    citizen: Passage | None = None
    """市民; empty when the document does not define it."""


class Excluded(Entry):
    """Activity that is no matter for collaboration; checked at intake, with the reason recorded."""

    strength: Literal["refused", "outside"]
    """`refused`: the city says so. `outside`: the city places it beyond the area of working together."""


class Principle(Entry):
    """A principle, and where people are reminded of it."""

    binds: tuple[Binding, ...] = ()
    """Where it is shown: when planning, agreeing, evaluating. Read from its content by us."""


class PartyKind(Entry):
    """A kind of party that can take part."""

    side: Side
    """`city` for the administration, `civic` for all others."""
    examples: tuple[Label, ...] = ()
    """Who belongs here."""
    traits: tuple[Text, ...] = ()
    """What it is good at."""
    roles: tuple[Text, ...] = ()
    """What is hoped of it."""
    effects: tuple[Text, ...] = ()
    """What it gains by working together."""
    attitudes: tuple[Text, ...] = ()
    """How it is asked to approach the others."""


class Coordinator(Entry):
    """A kind of person or post that brings parties together."""

    side: Side
    """On which side they stand."""


class Zone(Entry):
    """A zone of the spectrum from citizens alone to the city alone; listed in that order."""

    lead: Lead
    """Who leads; the two `_alone` zones lie outside collaboration."""
    examples: tuple[Label, ...] = ()
    """Activity the document names here."""

    @property
    def is_shared(self) -> bool:
        """True where citizens and the city work together."""
        return self.lead in {"civic", "both", "city"}


class Notes(Part):
    """Points to watch, addressed to one side or to both."""

    civic: tuple[Text, ...] = ()
    """For groups and other civic parties."""
    city: tuple[Text, ...] = ()
    """For the administration."""
    both: tuple[Text, ...] = ()
    """For both."""

    def shown_to(self, side: Side) -> tuple[str, ...]:
        """The notes a reader of this side is shown: their own first, then those for both."""
        return (self.civic if side == "civic" else self.city) + self.both


class Form(Entry):
    """A form of collaboration."""

    natures: tuple[Nature, ...] = Field(min_length=1)
    """What kind of arrangement it is for the program (which clauses of an agreement it needs)."""
    zones: tuple[Key, ...] = ()
    """Keys of the zones it stands in; empty when the document does not say."""
    zone_remarks: dict[Key, Text] = Field(default_factory=dict)
    """What it means in one particular zone."""
    notes: Notes = Notes()
    """Points to watch, per side."""
    summary: str = Field(default="", max_length=300)
    """What it is, in one or two sentences of our own."""
    regulations: tuple[Label, ...] = ()
    """Rules of the city that the document names for it."""


class SuitabilityItem(Entry):
    """A question of the examination whether a project suits collaboration."""

    group: Literal["nature", "effect"]
    """`nature`: what kind of project it is. `effect`: what collaboration would bring."""


class Checklist(Entry):
    """Points both sides tick at a stage."""

    stage: Stage
    """When it is used."""
    items: tuple[Entry, ...] = Field(min_length=1)
    """The points, in order."""


class LifeStage(Entry):
    """A stage in the life of a group; listed in order."""

    is_independent: bool = False
    """True where the document counts the group as standing on its own feet."""


class Framework(Part):
    """Everything the document itself says. A list the city has nothing to say about stays empty."""

    format: Literal["tomoni-rulebook/1"]
    """Which edition of this page the file follows."""
    city: City
    """Whose rulebook it is."""
    number: Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}(-\d{2})?$")]
    """Version: year and month of the document; also the name of the file."""
    in_force_from: date
    """First day on which new cases begin under this version."""
    source: Source
    """Where it was drawn from."""
    definition: Definition
    """What its main words mean."""
    excluded: tuple[Excluded, ...]
    """Activity that is no matter for collaboration."""
    interests: tuple[Entry, ...] = ()
    """Kinds of interest from private to public, where the document describes them as a continuum."""
    principles: tuple[Principle, ...]
    """Principles of collaboration, in the order of the document."""
    attitudes: tuple[Entry, ...] = ()
    """How everyone is asked to approach the others, where the document says so beside its principles."""
    party_kinds: tuple[PartyKind, ...] = Field(min_length=2)
    """Who can take part; the city is one of them."""
    capabilities: tuple[Entry, ...]
    """Intermediary functions; any party can carry one."""
    coordinators: tuple[Coordinator, ...] = ()
    """Who brings parties together."""
    coordinator_abilities: tuple[Entry, ...]
    """What is asked of a coordinator."""
    zones: tuple[Zone, ...]
    """The spectrum from citizens alone to the city alone."""
    forms: tuple[Form, ...] = Field(min_length=1)
    """Forms of collaboration."""
    suitability: tuple[SuitabilityItem, ...]
    """The examination whether a project suits collaboration."""
    not_suited: Passage | None = None
    """What the document says of an examination that ends with "does not suit"; null when it says nothing."""
    checklists: tuple[Checklist, ...]
    """Points to confirm at each stage."""
    stages: tuple[LifeStage, ...]
    """Stages of a group's life."""
