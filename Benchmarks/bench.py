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

import machine
import peers

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
        self.parts: list[Path] = []  # of the mixed document

    def run_sheaf(self, documents: list[Path], workers: int = CORES) -> Cost:
        """All fifteen stages into a data folder of its own, so that nothing is found done."""
        self.count += 1
        self.data = self.scratch / f"data-{self.count}"
        return run(
            [
                self.sheaf,
                "run",
                *documents,
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

    def raw_born_digital(self, documents: list[Path]) -> Cost:
        """Words with boxes and a raster of every page: what the text layer and the previews cost by themselves."""
        cost = Cost(0, 0)
        for document in documents:
            text = run(["pdftotext", "-bbox-layout", document, self.scratch / "raw.html"])
            raster = run(["pdftoppm", "-r", "96", document, self.scratch / "raw"])
            for page in self.scratch.glob("raw-*"):
                page.unlink()
            cost = Cost(cost.wall + text.wall + raster.wall, cost.cpu + text.cpu + raster.cpu)
        return cost

    def raw_scan(self, documents: list[Path]) -> Cost:
        """Tesseract alone on the pages' rasters, a process of one thread to each core; making the rasters is free."""
        [document] = documents
        rasters = self.scratch / f"rasters-{document.stem}"
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

    def raw_mixed(self, documents: list[Path]) -> Cost:
        """The first pages have text and are rendered, the others are scans: each as it would be by itself."""
        text, scan = self.raw_born_digital([self.parts[0]]), self.raw_scan([self.parts[1]])
        return Cost(text.wall + scan.wall, text.cpu + scan.cpu)

    def stages(self) -> dict[str, float]:
        """Processor seconds of the newest run by stage; "engine" is what no unit took."""
        told = subprocess.run(
            [self.sheaf, "status", "last", "--timings", "--json", "--data", self.data],
            check=True,
            capture_output=True,
            text=True,
        )
        return {stage["stage"]: round(stage["cpu_seconds"], 3) for stage in json.loads(told.stdout)["stages"]}

    def run_peer(self, words: list[str]) -> Cost:
        return run(words)

    def beside(self, ours, theirs, rounds: int) -> tuple[Cost, Cost]:
        a, b = [], []
        for _ in range(rounds):
            a.append(ours())
            b.append(theirs())
        return middle(a), middle(b)

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
            resume = [self.sheaf, "resume", job, "--data", self.data, "--out", self.scratch / "out", "--progress", "none"]
            costs.append(run(resume, expect=(0, 3)))
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


def made(kind: str, pages: int, file: Path, *options: str) -> Path:
    subprocess.run([ROOT / "script/fixtures", f"--{kind}", str(pages), file, *options], check=True)
    return file


LOADS = ["small", "born-digital", "illustrated", "five-illustrated", "scan", "mixed", "thousand", "many"]
MANY = 50  # documents
ILLUSTRATED = 24  # pages with a photograph on each: ten megabytes


def documents(load: str, given: argparse.Namespace, bench: Bench) -> list[Path]:
    """What a load consists of; made where nothing of the user's is named."""
    scratch = bench.scratch
    match load:
        case "small":
            return [ROOT / "Tests/Fixtures/hello/source.pdf"]
        case "born-digital":
            return [Path(given.born_digital).resolve() if given.born_digital else made("prose", 30, scratch / "prose.pdf")]
        case "illustrated":
            return [made("prose", ILLUSTRATED, scratch / "illustrated.pdf", "--photographs")]
        case "five-illustrated":
            return copies(made("prose", ILLUSTRATED, scratch / "illustrated-0.pdf", "--photographs"), 5)
        case "scan":
            if given.scan:
                return [Path(given.scan).resolve()]
            return [made("scan", 8, scratch / "scan.pdf", "--dpi", "300")]
        case "mixed":
            bench.parts = [made("prose", 12, scratch / "text.pdf"), made("scan", 3, scratch / "scans.pdf", "--dpi", "300")]
            subprocess.run(["pdfunite", *bench.parts, scratch / "mixed.pdf"], check=True)
            return [scratch / "mixed.pdf"]
        case "thousand":
            return [made("prose", 1000, scratch / "thousand.pdf")]
        case _:
            return copies(made("prose", 5, scratch / "many-0.pdf"), MANY)


def copies(first: Path, count: int) -> list[Path]:
    """So many documents of the same pages, each with a digest of its own: what follows the end of a PDF is a comment."""
    files = [first]
    for number in range(1, count):
        file = first.with_name(first.name.replace("-0", f"-{number}"))
        file.write_bytes(first.read_bytes() + f"% {number}\n".encode())
        files.append(file)
    return files


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
    small = [ROOT / "Tests/Fixtures/hello/source.pdf"]
    # Once without counting: the disk's cache is then as warm for the first round as for the others.
    bench.run_sheaf(small)
    bench.raw_born_digital(small)
    rows, resumes, beside = [], [], []
    for load in given.load:
        files = documents(load, given, bench)
        raw, raw_name = {
            "scan": (bench.raw_scan, f"tesseract × {CORES}"),
            "mixed": (bench.raw_mixed, f"both, tesseract × {CORES}"),
        }.get(load, (bench.raw_born_digital, "pdftotext + pdftoppm"))
        ours, theirs = bench.interleaved(lambda f=files: bench.run_sheaf(f), lambda f=files, r=raw: r(f))
        pages = sum(page_count(file) for file in files)
        row = told(load, pages, middle(ours), middle(theirs), raw_name)
        if len(files) == 1:
            stages = bench.stages()
            row["stage_cpu"] = {**stages, "engine": round(ours[-1].cpu - sum(stages.values()), 3)}
        rows.append(row)
        if given.peers and len(files) == 1:
            beside += peers.measured(load, files[0], pages, bench, given.rounds)
        if load in ("born-digital", "thousand"):
            resumed, hashing, size = bench.resume()
            resumes.append(
                {
                    "name": load,
                    "pages": pages,
                    "wall": round(resumed.wall, 3),
                    "cpu": round(resumed.cpu, 3),
                    "hashing": round(hashing, 3),
                    "megabytes": round(size / 1e6, 1),
                }
            )
    return {
        **machine.facts(bench.sheaf),
        "rounds": given.rounds,
        "load": round(os.getloadavg()[0], 1),
        "runs": rows,
        "resumes": resumes,
        **({"peers": beside} if given.peers else {}),
    }


def show(result: dict) -> None:
    print(f"{CORES} cores, medians of {result['rounds']} rounds, load {result['load']} at the end\n")
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
    print("\nprocessor seconds by stage, of the last round")
    for row in result["runs"]:
        stages = sorted(row.get("stage_cpu", {}).items(), key=lambda item: -item[1])
        if stages:
            print(f"{row['name']:16}  " + ", ".join(f"{name} {seconds}" for name, seconds in stages))
    for again in result["resumes"]:
        print(
            f"\nresume of the finished job of {again['pages']} pages ({again['megabytes']} MB of checkpoints): "
            f"{again['wall']} s wall, {again['cpu']} s cpu; reading and hashing them alone: {again['hashing']} s"
        )
    if "peers" in result:
        peers.show(result["peers"])


def main() -> None:
    parser = argparse.ArgumentParser(prog="script/bench", description=__doc__)
    parser.add_argument("--bin", required=True, help="the folder of sheaf and sheaf-worker")
    parser.add_argument("--born-digital", metavar="FILE")
    parser.add_argument("--scan", metavar="FILE")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--load", action="append", choices=LOADS, help="default: small, born-digital, scan")
    parser.add_argument("--peers", action="store_true", help="measure programs from PyPI too (installs them)")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--save", metavar="NAME", help="keep the result as Benchmarks/results/NAME.json")
    given = parser.parse_args()
    given.load = given.load or LOADS[:3]
    scratch = Path(tempfile.mkdtemp(prefix="sheaf-bench-"))
    try:
        result = measured(given, scratch)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    print(json.dumps(result, indent=2)) if given.json else show(result)
    if given.save:
        print(f"kept as {machine.save(given.save, result)}", file=sys.stderr)


main()
