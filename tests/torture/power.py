"""断电：录下一件事的每次写入，在任一处切断，重建磁盘可能的样子，再开一次。

The model: what was flushed is there. Of what was not, any part is: single writes of a file in any subset, torn
into sectors; names (created, renamed, removed) in their order, as far as the file system had got. A flushed
folder has its names; a flushed file has its bytes, but not yet its name.
"""

from __future__ import annotations

import random
import shutil
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

SECTOR = 512
_HEAD = struct.Struct("<c3xIQqQ")


class Op(NamedTuple):
    """One call that changed something, or a mark."""

    kind: str
    name: str
    ino: int
    at: int
    data: bytes


def read_log(log: Path) -> list[Op]:
    """All calls of a record, in order."""
    whole, at, found = log.read_bytes(), 0, []
    while at < len(whole):
        kind, named, ino, offset, size = _HEAD.unpack_from(whole, at)
        at += _HEAD.size
        name = whole[at : at + named].decode("utf-8", "surrogateescape")
        at += named
        letter = kind.decode()
        data = whole[at : at + size] if letter in "wr" else b""
        at += len(data)
        found.append(Op(letter, name, ino, offset, data))
    return found


@dataclass
class _File:
    """A file: the bytes that are safe, and what was done since."""

    safe: bytearray = field(default_factory=bytearray)
    since: list[Op] = field(default_factory=list)
    folder: bool = False

    def flush(self) -> None:
        for op in self.since:
            _do(self.safe, op)
        self.since = []


def _do(data: bytearray, op: Op) -> None:
    if op.kind == "t":
        data[op.at :] = b"\0" * max(0, op.at - len(data))
        return
    if len(data) < op.at:
        data.extend(b"\0" * (op.at - len(data)))
    data[op.at : op.at + len(op.data)] = op.data


class Disk:
    """What a disk holds while the calls of a record go by."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[int, _File] = {}
        self._names: dict[str, _File] = {}
        self._moves: list[tuple[Op, _File | None]] = []
        """Changes of names that are not safe yet."""
        for path in sorted(folder.rglob("*")):
            file = _File(folder=True) if path.is_dir() else _File(bytearray(path.read_bytes()))
            self._names[str(path)] = self._files[path.stat().st_ino] = file

    def take(self, op: Op) -> None:
        """The call ``op`` was made."""
        if op.kind in "wt":
            self._files.setdefault(op.ino, _File()).since.append(op)
        elif op.kind == "s":
            self._flush(op)
        elif op.kind in "cm":
            file = self._files[op.ino] = _File(folder=op.kind == "m")
            self._moves.append((op, file))
        elif op.kind in "url":
            self._moves.append((op, self._files.get(op.ino) if op.kind == "l" else None))

    def _flush(self, op: Op) -> None:
        file = self._files.get(op.ino)
        if file is not None and not file.folder:
            file.flush()
            return
        for move, moved in self._moves:
            _rename(self._names, move, moved)
        self._moves = []

    @property
    def unsafe(self) -> int:
        """How many changes a power cut may take or leave."""
        return len(self._moves) + sum(len(file.since) for file in self._files.values())

    def lay_out(self, target: Path, rng: random.Random) -> None:
        """``target`` is one of the states in which a power cut may leave the folder."""
        how = rng.choice(("nothing", "all", "order", "any", "torn"))
        names = dict(self._names)
        kept = {"nothing": 0, "all": len(self._moves)}.get(how, rng.randint(0, len(self._moves)))
        for move, moved in self._moves[:kept]:
            _rename(names, move, moved)
        target.mkdir(parents=True, exist_ok=True)
        for name, file in sorted(names.items()):
            path = target / Path(name).relative_to(self._folder)
            if file.folder:
                path.mkdir(parents=True, exist_ok=True)
            elif path.parent.is_dir():
                path.write_bytes(_left(file, how, rng))


def _left(file: _File, how: str, rng: random.Random) -> bytes:
    data = bytearray(file.safe)
    for op in _survivors(file.since, how, rng):
        _do(data, op)
    return bytes(data)


def _survivors(since: list[Op], how: str, rng: random.Random) -> Iterator[Op]:
    if how == "nothing":
        return
    if how in ("all", "order"):
        yield from since if how == "all" else since[: rng.randint(0, len(since))]
        return
    share = rng.random()
    for op in since:
        if op.kind == "t" or how == "any":
            if rng.random() < share:
                yield op
            continue
        for at in range(0, len(op.data), SECTOR):
            if rng.random() < share:
                yield op._replace(at=op.at + at, data=op.data[at : at + SECTOR])


def _rename(names: dict[str, _File], op: Op, file: _File | None) -> None:
    if op.kind == "u":
        names.pop(op.name, None)
    elif op.kind == "r":
        new = op.data.decode("utf-8", "surrogateescape")
        for name in [name for name in names if name == new or name.startswith(new + "/")]:
            if name == new or op.name in names:
                names.pop(name, None)
        for name in [name for name in names if name == op.name or name.startswith(op.name + "/")]:
            names[new + name[len(op.name) :]] = names.pop(name)
    elif file is not None:
        names[op.name] = file


class Cut(NamedTuple):
    """A state after a power cut: where it lies, how many steps were acknowledged, after which call it was."""

    folder: Path
    acknowledged: int
    call: int


def cuts(disk: Disk, ops: list[Op], target: Path, count: int, rng: random.Random) -> Iterator[Cut]:
    """``count`` states after cuts anywhere in ``ops``, each at ``target`` until the next one.

    ``disk`` is what the folder held when the record began.
    """
    acknowledged = 0
    wanted = sorted(rng.choices(range(1, len(ops) + 1), k=count))
    for number, op in enumerate(ops, 1):
        acknowledged += op.kind == "k"
        disk.take(op)
        while wanted and wanted[0] == number:
            wanted.pop(0)
            disk.lay_out(target, rng)
            yield Cut(target, acknowledged, number)
            shutil.rmtree(target)
