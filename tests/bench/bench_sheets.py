"""How much reading a sheet costs: processor time of the whole process, peak memory, and growth with the rows."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from openpyxl import Workbook

ROOT = Path(__file__).parents[2]
REAL = ROOT.parent / "shared" / "seeds" / "001_fdcd5f2b61f62757.txt"
DEMO = ROOT / "demo" / "fuchu" / "進行管理シート.xlsx"
ONE = """
import contextlib, io, json, resource, sys, time
from tomoni.cli.__main__ import main
with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):
    main(["sheet", "read", sys.argv[1], "--json"])
usage = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps([usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024]))
"""


def cost(file: Path) -> tuple[float, float]:
    """Processor seconds and peak megabytes of a process that reads the file; the better of three."""
    runs = [
        json.loads(
            subprocess.run([sys.executable, "-c", ONE, str(file)], capture_output=True, check=True, cwd=ROOT).stdout
        )
        for _ in range(3)
    ]
    return min(runs)[0], min(run[1] for run in runs)


def tidy(rows: int, folder: Path) -> Path:
    """A tidy sheet of that many measures in two fiscal years."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("進捗")
    sheet.append(["みなと市協働推進計画 進捗状況"])
    sheet.append(
        ["番号", "施策", "担当課", "事業内容", "R4 進捗状況", "R4 実績", "R4 課題", "R5 進捗状況", "R5 実績", "R5 課題"]
    )
    for n in range(1, rows + 1):
        year = ["順調", f"{n}回の講座を開いた。", "参加する人を増やす。"]
        sheet.append([n, f"取組{n}", "市民協働課", "講座を開く。", *year, *year])
    file = folder / f"tidy-{rows}.xlsx"
    book.save(file)
    return file


def report(name: str, file: Path) -> float:
    """Print the cost of one file; its processor seconds."""
    seconds, megabytes = cost(file)
    print(f"{name}: {seconds:.2f} s processor time, {megabytes:.0f} MB")
    return seconds


def bench() -> None:
    """The real sheet (where it lies beside the project), the demonstration's, and tidy ones."""
    if REAL.exists():
        report("the real sheet (promised: under 1 s, 200 MB)", REAL)
    report("the demonstration's messy sheet", DEMO)
    with tempfile.TemporaryDirectory() as folder:
        small = report("tidy, 1,250 rows", tidy(1250, Path(folder)))
        large = report("tidy, 5,000 rows (promised: under 5 s)", tidy(5000, Path(folder)))
    print(f"four times the rows: {large / small:.1f} times the processor time (start-up included)")


if __name__ == "__main__":
    bench()
