"""Compound files of old Office (xls, and the envelope of encrypted xlsx): their streams by name."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from itertools import islice

from tomoni.imports.reading.limits import broken

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WHAT = "古い形式のExcelブック"
LAST_SECTOR = 0xFFFFFFFA  # greater numbers mean "end" or "free"


class CompoundFile:
    """The directory of a compound file, and its streams. Chains that run in circles are cut by the file's own size."""

    def __init__(self, data: bytes) -> None:
        """Raises Unreadable when the headers do not hold together."""
        self._data = data
        try:
            shift, mini_shift = struct.unpack_from("<HH", data, 30)
            directory, self._cutoff, mini_fat, _, difat, _ = struct.unpack_from("<I4xIIIII", data, 48)
        except struct.error as problem:
            raise broken(WHAT) from problem
        if shift not in {9, 12} or mini_shift != 6:
            raise broken(WHAT)
        self._size, self._mini_size = 1 << shift, 1 << mini_shift
        self._fat = self._read_fat(difat)
        self._mini_fat = self._numbers(self._chain(mini_fat))
        self._mini = b""
        self._entries = self._read_entries(directory)

    @property
    def names(self) -> list[str]:
        """Names of all streams and storages."""
        return list(self._entries)

    def stream(self, name: str) -> bytes:
        """The bytes of a stream."""
        start, size = self._entries[name]
        if size >= self._cutoff:
            return self._chain(start)[:size]
        sectors = self._follow(start, self._mini_fat)
        return b"".join(self._mini[n * self._mini_size : (n + 1) * self._mini_size] for n in sectors)[:size]

    def _read_fat(self, difat: int) -> list[int]:
        sectors = list(struct.unpack_from("<109I", self._data.ljust(512, b"\xff"), 76))
        most = len(sectors) + 1 + len(self._data) // self._size // (self._size // 4)
        while difat < LAST_SECTOR and len(sectors) < most:
            *more, difat = self._numbers(self._sector(difat)) or [LAST_SECTOR]
            sectors += more
        return [n for sector in sectors[:most] if sector < LAST_SECTOR for n in self._numbers(self._sector(sector))]

    def _read_entries(self, directory: int) -> dict[str, tuple[int, int]]:
        entries: dict[str, tuple[int, int]] = {}
        raw = self._chain(directory)
        for at in range(0, len(raw) - 127, 128):
            length, kind = struct.unpack_from("<HB", raw, at + 64)
            start, size = struct.unpack_from("<II", raw, at + 116)
            if kind == 5:  # the root holds the stream of small streams
                self._mini = self._chain(start)[:size]
            elif kind:
                entries[raw[at : at + max(length - 2, 0)].decode("utf-16-le", "replace")] = (start, size)
        return entries

    def _chain(self, start: int) -> bytes:
        return b"".join(map(self._sector, self._follow(start, self._fat)))

    def _follow(self, start: int, table: list[int]) -> list[int]:
        def steps() -> Iterator[int]:
            at = start
            while at < len(table):
                yield at
                at = table[at]

        return list(islice(steps(), len(table)))

    def _sector(self, number: int) -> bytes:
        return self._data[(number + 1) * self._size : (number + 2) * self._size]

    @staticmethod
    def _numbers(raw: bytes) -> list[int]:
        return list(struct.unpack(f"<{len(raw) // 4}I", raw[: len(raw) // 4 * 4]))
