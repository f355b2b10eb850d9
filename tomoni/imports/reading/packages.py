"""Zip packages (xlsx, ods and their relatives), opened without trusting what they say of themselves."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

from tomoni.imports.reading.limits import MAX_RATIO, MAX_UNPACKED, Unreadable, broken

PORTION = 256 * 1024
MAX_MEMBERS = 5_000
DAMAGE = (BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, KeyError, struct.error)


class Package:
    """A zip file whose members are read in portions, and never beyond the size they declare."""

    def __init__(self, data: bytes, *, what: str) -> None:
        """Raises Unreadable for a broken archive and for one that would grow too large: before anything is unpacked."""
        self.what = what
        try:
            self._zip = ZipFile(BytesIO(data))
            members = self._zip.infolist()
        except DAMAGE as problem:
            raise broken(what) from problem
        self._members = {member.filename.replace("\\", "/").lower(): member for member in members}
        unpacked = sum(member.file_size for member in members)
        ratio_is_wild = unpacked > MAX_UNPACKED // 10 and unpacked > MAX_RATIO * len(data)
        if len(members) > MAX_MEMBERS or unpacked > MAX_UNPACKED or ratio_is_wild:
            raise Unreadable(
                "展開すると大きくなりすぎるファイルです。安全のため開きませんでした。必要なシートだけのファイルにしてください。"
            )

    @property
    def names(self) -> list[str]:
        """Names of all members, in small letters, with / between folders."""
        return list(self._members)

    def portions(self, name: str) -> Iterator[bytes]:
        """The member piece by piece. Raises Unreadable when it is missing, locked or damaged."""
        try:
            member = self._members[name.lower()]
            if member.flag_bits & 1:
                raise locked()
            with self._zip.open(member) as stream:
                while portion := stream.read(PORTION):
                    yield portion
        except DAMAGE as problem:
            raise broken(self.what) from problem

    def whole(self, name: str) -> bytes:
        """A small member in one piece."""
        return b"".join(self.portions(name))


@dataclass
class Listener:
    """What to do while an XML member goes by. Names come without their prefix."""

    start: Callable[[str, dict[str, str]], None]
    end: Callable[[str], None] = field(default=lambda _name: None)
    text: Callable[[str], None] | None = None


def listen(package: Package, name: str, listener: Listener) -> None:
    """Let an XML member go by once, without a tree. Entities and document types are refused: no workbook needs them."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = _bare(listener.start)
    parser.EndElementHandler = _bare_end(listener.end)
    parser.CharacterDataHandler = listener.text
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        for portion in package.portions(name):
            parser.Parse(portion, False)  # noqa: FBT003 (expat takes it by position only)
        parser.Parse(b"", True)  # noqa: FBT003 (as above)
    except (expat.ExpatError, LookupError) as problem:
        raise broken(package.what) from problem


def locked() -> Unreadable:
    """The refusal for a file that asks for a password."""
    return Unreadable("パスワードで保護されています。パスワードを外して保存し直してから送ってください。")


def _bare(call: Callable[[str, dict[str, str]], None]) -> Callable[[str, dict[str, str]], None]:
    return lambda name, attributes: call(name.rpartition(":")[2], attributes)


def _bare_end(call: Callable[[str], None]) -> Callable[[str], None]:
    return lambda name: call(name.rpartition(":")[2])


def _refuse_doctype(*_declaration: object) -> None:
    raise Unreadable("ファイルの中に、表計算ソフトが書かないはずの宣言があります。安全のため開きませんでした。")
