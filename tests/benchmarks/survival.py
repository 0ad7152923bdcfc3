"""What is on the disk after kills and power cuts. `python -m tests.benchmarks.survival [kills] [screens] [cuts]`.

200 commands and 200 sessions on the screen are killed at any moment: what was said or shown as saved
must be there. Then a session's writes are logged (`disk_log.c`, which needs a C compiler), and played
to 100 moments at which the power fails: what was not synced by then is there, half there, or not.
Says what was lost, and exits with 1 where anything was.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.benchmarks.conditions import machine
from tests.pty.handbook import Handbook
from tui.diary.diary import open_diary

ROOT = Path(__file__).parents[2]
LIST = "before-the-run"
ITEMS = ("distance", "bail-out", "warm-up", "hands")
KILLS, SCREENS, CUTS = 200, 200, 100
SECTOR = 512
_HEAD = struct.Struct("<cIIq")


def kill_commands(folder: Path) -> int:
    """Kill `runtall tick` and `untick` at any moment; how many lied or left a damaged file."""
    chance, alive, said, lost = random.Random(1), 0, 0, 0
    began = time.perf_counter()
    _command(folder, "tick", ITEMS[0])
    whole = time.perf_counter() - began
    for _ in range(KILLS):
        item, word = chance.choice(ITEMS), chance.choice(("tick", "untick"))
        argv = [sys.executable, "-m", "tui", word, item, "--data", str(folder)]
        process = subprocess.Popen(
            argv, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        time.sleep(whole * (0.3 + chance.random()))
        alive += process.poll() is None
        process.kill()
        answer, _ = process.communicate()
        ticked = _ticked(folder)
        said += bool(answer)
        lost += ticked is None or (
            bool(answer) and (f"{LIST}/{item}" in ticked) != (word == "tick")
        )
    print(f"{KILLS} commands, {alive} alive when killed, {said} had answered: {lost} lost")
    return lost


def _command(folder: Path, *words: str) -> None:
    argv = [sys.executable, "-m", "tui", *words, "--data", str(folder)]
    subprocess.run(argv, cwd=ROOT, check=True, capture_output=True)


def _ticked(folder: Path) -> set[str] | None:
    """What is ticked on the disk; None where the file is damaged, or was."""
    with open_diary(folder) as diary:
        diary.check()
        if diary.trouble is not None or diary.notices():
            return None
        return set(diary.lists.state(LIST).ticked)


def kill_screens(folder: Path) -> int:
    """Kill sessions while they tick one item after another; how many ticks were shown and are lost."""
    chance, shown, lost = random.Random(2), 0, 0
    for number in range(SCREENS):
        data = folder / str(number)
        with Handbook("open", LIST, env={"RUNTALL_DATA": str(data)}) as probe:
            probe.wait_for("of 12", timeout=30)
            for before in range(chance.randrange(6)):
                probe.press(str(before + 1))
                _wait_for_ticks(probe, before + 1)
            probe.press("7")
            probe.settle(chance.random() * 0.1, timeout=0.2)
            probe.signal(signal.SIGKILL)
            probe.wait_for_exit()
            seen = _ticks_on(probe.text)
        ticked = _ticked(data)
        shown += seen
        lost += len(ITEMS) if ticked is None else max(seen - len(ticked), 0)
        shutil.rmtree(data, ignore_errors=True)
    print(f"{SCREENS} sessions killed while ticking, {shown} ticks shown: {lost} lost")
    return lost


def _wait_for_ticks(probe: Handbook, count: int) -> None:
    probe.wait_for(lambda shown: _ticks_on(shown.text) >= count, timeout=30)


def _ticks_on(screen: str) -> int:
    return len(re.findall(r"\d \[x\]", screen))


class Entry(NamedTuple):
    """One thing that was done to a file."""

    sign: str
    """`c` made, `w` written, `t` cut to a length, `s` synced, `u` removed, `r` given another name."""
    path: str
    at: int
    data: bytes


def entries(log: bytes) -> Iterator[Entry]:
    """All that was logged, in its order."""
    at = 0
    while at < len(log):
        sign, length, size, position = _HEAD.unpack_from(log, at)
        at += _HEAD.size
        path, data = log[at : at + length].decode(), log[at + length : at + length + size]
        at += length + size
        yield Entry(sign.decode(), path, position, data)


class Disk:
    """A folder on a disk that may lose what was not synced, be it in parts or out of order."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._now: dict[str, int] = {}
        self._kept: dict[str, int] = {}
        self._renamings: list[tuple[str, int | None]] = []
        """Names given and taken away that are not synced: a name, and the file that it has then."""
        self._files: list[bytearray] = []
        self._pending: list[list[Entry]] = []

    def do(self, entry: Entry) -> None:
        """Do what was done."""
        match entry.sign:
            case "c":
                self._files.append(bytearray())
                self._pending.append([])
                self._name(entry.path, len(self._files) - 1)
            case "u":
                self._name(entry.path, None)
            case "r":
                file = self._now.get(entry.path)
                self._name(entry.path, None)
                self._name(entry.data.decode(), file)
            case "s" if entry.path == self._folder:
                _rename(self._kept, self._renamings)
                self._renamings = []
            case "s" if entry.path in self._now:
                file = self._now[entry.path]
                for each in self._pending[file]:
                    _write(self._files[file], each)
                self._pending[file] = []
            case "w" | "t" if entry.path in self._now:
                self._pending[self._now[entry.path]].append(entry)
            case _:
                pass

    def _name(self, name: str, file: int | None) -> None:
        _rename(self._now, [(name, file)])
        self._renamings.append((name, file))

    def after_cut(self, folder: Path, chance: random.Random) -> None:
        """Write what a power cut now would leave."""
        names = dict(self._kept)
        _rename(names, self._renamings[: chance.randint(0, len(self._renamings))])
        for name, file in names.items():
            content = bytearray(self._files[file])
            for each in self._pending[file]:
                for part in _sectors(each):
                    if chance.random() < 0.5:
                        _write(content, part)
            target = folder / Path(name).name
            target.write_bytes(content)
            target.chmod(0o600)


def _rename(names: dict[str, int], renamings: Sequence[tuple[str, int | None]]) -> None:
    for name, file in renamings:
        names.pop(name, None)
        if file is not None:
            names[name] = file


def _write(content: bytearray, entry: Entry) -> None:
    if entry.sign == "t":
        del content[entry.at :]
    else:
        content.extend(bytes(max(entry.at - len(content), 0)))
        content[entry.at : entry.at + len(entry.data)] = entry.data


def _sectors(entry: Entry) -> Iterator[Entry]:
    if entry.sign == "t":
        yield entry
    for start in range(0, len(entry.data), SECTOR):
        part = entry.data[start : start + SECTOR]
        yield entry._replace(at=entry.at + start, data=part)


def act_and_say(folder: Path) -> None:
    """What the logged session does: it says each act in a file as soon as it is saved."""
    with open_diary(folder) as diary, (folder / "said").open("ab", buffering=0) as said:
        for number in range(60):
            diary.lists.tick(f"{LIST}/{number}")
            said.write(b"%d\n" % number)
            if number % 20 == 19:
                diary.runs.finish(note="filed")
                said.write(b"filed\n")


def cut_power(folder: Path) -> int:
    """Cut the power at any moment of a session; how many acts were said and lost, or files damaged."""
    compiler = shutil.which("cc")
    if compiler is None:
        print("no C compiler: no power was cut")
        return 0
    library, log, data = folder / "disk_log.so", folder / "log", folder / "data"
    source = Path(__file__).with_name("disk_log.c")
    subprocess.run([compiler, "-shared", "-fPIC", "-o", library, source, "-ldl"], check=True)
    data.mkdir(mode=0o700)
    code = f"from tests.benchmarks.survival import *; act_and_say(Path({str(data)!r}))"
    env = {**os.environ, "LD_PRELOAD": str(library), "RUNTALL_LOGGED": str(data)}
    env["RUNTALL_LOG"] = str(log)
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=env, check=True)
    logged = [*entries(log.read_bytes())]
    lost = sum(_lost_in_cut(folder, logged, seed) for seed in range(CUTS))
    lying = [each for each in logged if each.sign != "s" or each.path == str(data)]
    control = sum(_lost_in_cut(folder, lying, seed) for seed in range(CUTS))
    print(f"{CUTS} power cuts in {len(logged):,} writes, creation included: {lost} lost or damaged")
    print(f"as many on a disk that syncs no file: {control} (what this can see)")
    return lost


def _lost_in_cut(folder: Path, logged: Sequence[Entry], seed: int) -> bool:
    """Whether something that was said is lost, or the file damaged, after one power cut."""
    chance = random.Random(seed)
    after = folder / "after"
    shutil.rmtree(after, ignore_errors=True)
    after.mkdir(mode=0o700)
    disk, said = Disk(str(folder / "data")), set[str]()
    for entry in logged[: chance.randint(0, len(logged))]:
        if Path(entry.path).name != "said":
            disk.do(entry)
        elif entry.sign == "w":
            said.add(entry.data.decode().strip())
    disk.after_cut(after, chance)
    with open_diary(after) as diary:
        diary.check()
        if diary.trouble is not None or diary.take_event() is not None:
            return True
        filed = {item for run in diary.runs.every() for item in run.ticked}
        there = filed | set(diary.lists.state(LIST).ticked)
    return not {f"{LIST}/{each}" for each in said - {"filed"}} <= there


def main(words: Sequence[str]) -> int:
    """Try all, or only what is named."""
    print(machine())
    lost = 0
    tried = {"kills": kill_commands, "screens": kill_screens, "cuts": cut_power}
    for name, attempt in tried.items():
        if not words or name in words:
            with tempfile.TemporaryDirectory() as place:
                lost += attempt(Path(place) / "data" if name == "kills" else Path(place))
    return 1 if lost else 0


if __name__ == "__main__":
    os.environ["RUNTALL_NOW"] = "2026-11-18T07:00:00Z"
    sys.exit(main(sys.argv[1:]))
