"""Speed and memory of sheaf beside the raw cost of the same work; run by script/bench."""

import argparse
import hashlib
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CORES = os.cpu_count() or 1


@dataclass
class Cost:
    """What one run took."""

    wall: float  # seconds
    cpu: float  # seconds of user and system time, of the process and all that it waited for
    peaks: dict[str, int] = field(default_factory=dict)  # kibibytes resident at most, by program


class PeakWatch(threading.Thread):
    """Reads VmHWM of a process and its children, the kernel's own peak, so that only the last instants are missed."""

    INTERVAL = 0.02  # seconds: a worker that lives shorter has no memory worth telling

    def __init__(self, pid: int):
        super().__init__(daemon=True)
        self.pid, self.peaks, self.over = pid, {}, threading.Event()

    def run(self) -> None:
        while not self.over.wait(self.INTERVAL):
            for pid in [self.pid, *children(self.pid)]:
                try:
                    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
                except OSError:
                    continue  # It ended meanwhile.
                status = dict(line.split(":", 1) for line in lines if ":" in line)
                if "VmHWM" in status:
                    name = status["Name"].strip()
                    self.peaks[name] = max(self.peaks.get(name, 0), int(status["VmHWM"].split()[0]))


def children(pid: int) -> list[int]:
    found = []
    try:
        for task in os.listdir(f"/proc/{pid}/task"):
            found += [int(child) for child in Path(f"/proc/{pid}/task/{task}/children").read_text().split()]
    except OSError:
        pass  # The process ended meanwhile.
    return found


def run(*commands: list, watch: bool = False, expect: tuple[int, ...] = (0,)) -> Cost:
    """Runs the commands side by side until all have ended.

    Exits with a message where one of them fails: a figure of a failed run would be worth nothing.
    """
    began = time.perf_counter()
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    running = []
    with tempfile.TemporaryFile() as noise:
        for command in commands:
            words = [str(word) for word in command]
            running.append((words, subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=noise, env=environment)))
        watcher = PeakWatch(running[0][1].pid) if watch else None
        if watcher:
            watcher.start()
        cpu = 0.0
        for words, process in running:
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            cpu += usage.ru_utime + usage.ru_stime
            if process.returncode not in expect:
                noise.seek(0)
                sys.exit(f"bench: {' '.join(words)} ended with {process.returncode}:\n{noise.read().decode()[-2000:]}")
        wall = time.perf_counter() - began
    if watcher:
        watcher.over.set()
        watcher.join()
    return Cost(wall, cpu, watcher.peaks if watcher else {})


class Bench:
    def __init__(self, given: argparse.Namespace, scratch: Path):
        self.sheaf = Path(given.bin).resolve() / "sheaf"
        self.rounds, self.scratch, self.count = given.rounds, scratch, 0
        self.data = scratch  # of the newest run

    def run_sheaf(self, document: Path, workers: int = CORES) -> Cost:
        """All fifteen stages into a data folder of its own, so that nothing is found done."""
        self.count += 1
        self.data = self.scratch / f"data-{self.count}"
        return run(
            [
                self.sheaf,
                "run",
                document,
                "--data",
                self.data,
                "--out",
                self.scratch / "out",
                "--format",
                "md",
                "--workers",
                workers,
                "--progress",
                "none",
            ],
            watch=True,
            expect=(0, 3),
        )

    def raw_born_digital(self, document: Path) -> Cost:
        """Words with boxes and a raster of every page: what the text layer and the previews cost by themselves."""
        text = run(["pdftotext", "-bbox-layout", document, self.scratch / "raw.html"])
        raster = run(["pdftoppm", "-r", "96", document, self.scratch / "raw"])
        for page in self.scratch.glob("raw-*"):
            page.unlink()
        return Cost(text.wall + raster.wall, text.cpu + raster.cpu)

    def raw_scan(self, document: Path) -> Cost:
        """Tesseract alone on the pages' rasters, a process of one thread to each core; making the rasters is free."""
        rasters = self.scratch / "rasters"
        if not rasters.exists():
            rasters.mkdir()
            run(["pdftoppm", "-r", "300", "-gray", "-png", document, rasters / "page"])
        pages = sorted(rasters.glob("page-*.png"))
        commands = []
        for core in range(min(CORES, len(pages))):
            names = self.scratch / f"pages-{core}.txt"
            names.write_text("".join(f"{page}\n" for page in pages[core::CORES]))
            commands.append(["tesseract", names, self.scratch / f"recognised-{core}", "--oem", "1", "-l", "eng"])
        return run(*commands)

    def interleaved(self, ours, raw) -> tuple[list[Cost], list[Cost]]:
        """A, B, A, B …: load that comes and goes meets both alike."""
        a, b = [], []
        for _ in range(self.rounds):
            a.append(ours())
            b.append(raw())
        return a, b

    def resume(self) -> tuple[Cost, float, int]:
        """Resuming the newest run's job: its cost, the seconds to read and hash its checkpoints, their bytes."""
        jobs = subprocess.run(
            [self.sheaf, "jobs", "--data", self.data, "--json"], check=True, capture_output=True, text=True
        )
        job = json.loads(jobs.stdout.splitlines()[0])["id"]
        costs, hashing, size = [], [], 0
        for _ in range(max(3, self.rounds)):
            costs.append(run([self.sheaf, "resume", job, "--data", self.data, "--progress", "none"], expect=(0, 3)))
            began, size = time.perf_counter(), 0
            for file in (self.data / "objects").rglob("*"):
                if file.is_file():
                    content = file.read_bytes()
                    hashlib.sha256(content).digest()
                    size += len(content)
            hashing.append(time.perf_counter() - began)
        return middle(costs), statistics.median(hashing), size


def middle(costs: list[Cost]) -> Cost:
    """The medians; of peaks, the highest."""
    peaks: dict[str, int] = {}
    for cost in costs:
        for name, peak in cost.peaks.items():
            peaks[name] = max(peaks.get(name, 0), peak)
    return Cost(statistics.median(c.wall for c in costs), statistics.median(c.cpu for c in costs), peaks)


def page_count(document: Path) -> int:
    told = subprocess.run(["pdfinfo", document], check=True, capture_output=True, text=True).stdout
    return int(next(line.split()[1] for line in told.splitlines() if line.startswith("Pages:")))


def documents(given: argparse.Namespace, scratch: Path) -> tuple[Path, Path]:
    born_digital, scan = scratch / "prose.pdf", scratch / "scan.pdf"
    if given.born_digital:
        born_digital = Path(given.born_digital).resolve()
    else:
        subprocess.run([ROOT / "script/fixtures", "--prose", "30", born_digital], check=True)
    if given.scan:
        scan = Path(given.scan).resolve()
    else:
        subprocess.run([ROOT / "script/fixtures", "--scan", "8", scan, "--dpi", "300"], check=True)
    return born_digital, scan


def told(name: str, pages: int, ours: Cost, raw: Cost, raw_name: str) -> dict:
    return {
        "name": name,
        "pages": pages,
        "pages_per_minute": round(60 * pages / ours.wall, 1),
        "wall": round(ours.wall, 3),
        "cpu": round(ours.cpu, 3),
        "raw": raw_name,
        "raw_wall": round(raw.wall, 3),
        "raw_cpu": round(raw.cpu, 3),
        "wall_ratio": round(ours.wall / raw.wall, 2),
        "cpu_ratio": round(ours.cpu / raw.cpu, 2),
        "peak_kib": ours.peaks,
    }


def measured(given: argparse.Namespace, scratch: Path) -> dict:
    bench = Bench(given, scratch)
    born_digital, scan = documents(given, scratch)
    small = ROOT / "Tests/Fixtures/hello/source.pdf"
    # Once without counting: the disk's cache is then as warm for the first round as for the others.
    bench.run_sheaf(small)
    bench.raw_born_digital(small)
    rows = []
    for name, document, raw, raw_name in [
        ("one small file", small, bench.raw_born_digital, "pdftotext + pdftoppm"),
        ("born-digital", born_digital, bench.raw_born_digital, "pdftotext + pdftoppm"),
        ("scan", scan, bench.raw_scan, f"tesseract × {CORES}"),
    ]:
        ours, theirs = bench.interleaved(lambda d=document: bench.run_sheaf(d), lambda d=document, r=raw: r(d))
        rows.append(told(name, page_count(document), middle(ours), middle(theirs), raw_name))
        if name == "born-digital":
            resumed, hashing, size = bench.resume()
            resume = {
                "pages": page_count(document),
                "wall": round(resumed.wall, 3),
                "cpu": round(resumed.cpu, 3),
                "hashing": round(hashing, 3),
                "megabytes": round(size / 1e6, 1),
            }
    return {
        "cores": CORES,
        "rounds": given.rounds,
        "load": round(os.getloadavg()[0], 1),
        "runs": rows,
        "resume": resume,
    }


def show(result: dict) -> None:
    print(f"{result['cores']} cores, medians of {result['rounds']} rounds, load {result['load']} at the end\n")
    print(
        f"{'':16}{'pages':>6}{'pages/min':>11}{'wall s':>9}{'cpu s':>9}   {'raw cost of the same':22}"
        f"{'wall s':>9}{'cpu s':>9}{'wall ×':>9}{'cpu ×':>8}"
    )
    for row in result["runs"]:
        print(
            f"{row['name']:16}{row['pages']:6}{row['pages_per_minute']:11}{row['wall']:9}{row['cpu']:9}   "
            f"{row['raw']:22}{row['raw_wall']:9}{row['raw_cpu']:9}{row['wall_ratio']:9}{row['cpu_ratio']:8}"
        )
    print("\npeak memory, MB")
    for row in result["runs"]:
        peaks = ", ".join(f"{name} {peak / 1000:.0f}" for name, peak in sorted(row["peak_kib"].items()))
        print(f"{row['name']:16}  {peaks}")
    again = result["resume"]
    print(
        f"\nresume of the finished born-digital job ({again['pages']} pages, {again['megabytes']} MB of checkpoints): "
        f"{again['wall']} s wall, {again['cpu']} s cpu; reading and hashing them alone: {again['hashing']} s"
    )


def main() -> None:
    parser = argparse.ArgumentParser(prog="script/bench", description=__doc__)
    parser.add_argument("--bin", required=True, help="the folder of sheaf and sheaf-worker")
    parser.add_argument("--born-digital", metavar="FILE")
    parser.add_argument("--scan", metavar="FILE")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    scratch = Path(tempfile.mkdtemp(prefix="sheaf-bench-"))
    try:
        result = measured(given, scratch)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    print(json.dumps(result, indent=2)) if given.json else show(result)


main()
