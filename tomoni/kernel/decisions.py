"""May this be done? A yes, or a no that says why in a sentence for the person."""

from __future__ import annotations

from dataclasses import dataclass


class NotAllowed(Exception):
    """Somebody tried what they may not; the message is the sentence they read."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Truthy when allowed; otherwise `reason` says why not."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed

    def enforce(self) -> None:
        """Raise NotAllowed with the reason, unless allowed."""
        if not self.allowed:
            raise NotAllowed(self.reason)


YES = Decision(allowed=True)


def no(reason: str) -> Decision:
    """A refusal with its sentence."""
    return Decision(allowed=False, reason=reason)
