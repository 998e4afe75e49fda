"""What the stand-in knows of jobs: their transitions, and what they add up to."""

import time

STAGES = ["ingest", "render", "ocr", "layout", "regions", "tables", "figures", "assembly", "reading-order", "sections",
          "classification", "extraction", "chunking", "enrichment", "export"]
PAGE_STAGES = {"render", "ocr", "layout", "tables", "figures", "assembly"}
MARKS = {"unit_started": "running", "unit_finished": "done", "unit_reused": "done", "unit_retried": "ready",
         "unit_gap": "gap", "unit_failed": "failed", "unit_cancelled": "cancelled"}


class Job:
    """One job: its summary, its numbered transitions and the units they add up to."""

    def __init__(self, summary):
        self.summary = summary
        self.events = []
        self.units = {}
        self.plan = {}

    @property
    def id(self):
        return self.summary["id"]

    @property
    def seq(self):
        return self.events[-1]["seq"] if self.events else 0

    def add(self, event):
        """Takes a transition; its number is the next one, whatever the command called it."""
        event = {**event, "seq": self.seq + 1}
        self.events.append(event)
        if event["type"] == "job_state":
            self.summary["status"] = event["state"]
            if event["state"] == "running":
                self.summary.setdefault("started", event["at"])
            if event["state"] in ("completed", "completed_with_errors", "failed", "cancelled"):
                self.summary["finished"] = event["at"]
            if "failure" in event:
                self.summary["failure"] = event["failure"]
        elif "stage" in event:
            self._unit(event)
        self.summary["seq"] = self.seq
        return event

    def _unit(self, event):
        place = {name: event[name] for name in ("stage", "page", "format") if name in event}
        unit = self.units.setdefault(tuple(place.values()), {**place, "status": "waiting", "attempts": 0, "reused": False, "pinned": False, "history": 0})
        if event["type"] in MARKS:
            unit["status"] = MARKS[event["type"]]
            unit["reused"] = event["type"] == "unit_reused"
        if "attempt" in event:
            unit["attempts"] = event["attempt"]
        if "failure" in event:
            unit["failure"] = event["failure"]
        if event["type"] in ("unit_pinned", "unit_unpinned"):
            unit["pinned"] = event["type"] == "unit_pinned"

    def stages(self, lists=False):
        rows = []
        for name in STAGES:
            units = [unit for key, unit in self.units.items() if key[0] == name]
            planned = max(self.plan.get(name, 0), len(units))
            if planned == 0:
                continue
            count = lambda *states: sum(unit["status"] in states for unit in units)
            row = {"stage": name, "planned": planned, "done": count("done"), "running": count("running"),
                   "missing": count("gap", "failed"), "reused": sum(unit["reused"] for unit in units), "attempts": sum(unit["attempts"] for unit in units),
                   "cpu_seconds": 0, "seconds": 0}
            if lists and name in PAGE_STAGES:
                for member, states in (("pages_done", ("done",)), ("pages_running", ("running",)), ("pages_missing", ("gap", "failed"))):
                    text = ranges(sorted(unit["page"] for unit in units if unit["status"] in states))
                    if text:
                        row[member] = text
            rows.append(row)
        return rows

    def full(self, lists=False):
        lost = [unit for unit in self.units.values() if unit["status"] in ("gap", "failed")]
        running = [{name: unit[name] for name in ("stage", "page", "format") if name in unit} | {"progress": 0.4}
                   for unit in self.units.values() if unit["status"] == "running"]
        return {**self.summary, "stages": self.stages(lists), "errors": lost[:100], "error_count": len(lost), "running": running}


def ranges(pages):
    """`[1, 2, 3, 7]` as `1-3,7`."""
    parts = []
    for page in pages:
        if parts and parts[-1][1] == page - 1:
            parts[-1][1] = page
        else:
            parts.append([page, page])
    return ",".join(str(a) if a == b else f"{a}-{b}" for a, b in parts)


def many(count):
    """Finished jobs by the thousand, for the list."""
    now = time.time()
    states = ["completed"] * 17 + ["completed_with_errors", "failed", "cancelled"]
    kinds = ["invoice", "letter", "report", "scan", "contract", "statement", "receipt", "minutes"]
    for number in range(count):
        created = now - 3_600 - number * 47
        yield Job({"id": f"many{number:06d}", "name": f"{kinds[number % 8]}-{number:05d}.{'pdf' if number % 5 else 'png'}",
                   "status": states[number % 20], "created": created, "started": created + 1, "finished": created + 2 + number % 90,
                   "pages": 1 + number % 37, "bytes": 40_000 + number * 13, "source": "sha256:" + "0" * 64, "priority": 0,
                   "formats": ["md"], "seq": 12, "links": {}})
