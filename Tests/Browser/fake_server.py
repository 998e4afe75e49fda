"""Serves the viewer with jobs that are made up, for what a real server cannot be made to do in a moment.

    fake_server.py [--port 0]

`POST /fake/many?count=10000` adds jobs to the list, `POST /fake/flood?pages=1000&rate=2000&seconds=60` plays a large job,
whose members and messages are those of the interface. Everything else is tested over `sheaf serve` itself.
"""

import argparse
import asyncio
import json
import time
from pathlib import Path

from aiohttp import web

from standin.book import PAGE_STAGES, STAGES, Job, many
from standin.hub import Hub

ROOT = Path(__file__).resolve().parents[2]
TYPES = {".html": "text/html", ".css": "text/css", ".mjs": "text/javascript", ".js": "text/javascript", ".svg": "image/svg+xml"}
MARK = {"unit_started": "running", "unit_finished": "done", "unit_gap": "gap"}


class StandIn:
    def __init__(self):
        self.jobs = {}
        self.hub = Hub(self.jobs)
        self.tasks = set()

    async def file(self, request):
        name = request.match_info.get("path") or "index.html"
        path = (ROOT / "web-static" / name).resolve()
        if not path.is_relative_to(ROOT / "web-static") or not path.is_file():
            raise web.HTTPNotFound()
        response = web.Response(body=path.read_bytes(), content_type=TYPES.get(path.suffix, "application/octet-stream"), charset="utf-8")
        response.headers["Cache-Control"] = "no-cache"
        return response

    async def session(self, request):
        return web.json_response({"authentication": False, "name": "", "role": "admin"})

    async def ticket(self, request):
        return web.json_response({"ticket": "any", "expires_in": 30}, status=201)

    async def list_jobs(self, request):
        query = request.query
        rows = [job.summary for job in self.jobs.values() if query.get("text", "").lower() in job.summary["name"].lower()]
        rows.sort(key=lambda row: -row["created"])
        start, limit = int(query.get("cursor", 0)), int(query.get("limit", 50))
        body = {"jobs": rows[start:start + limit]}
        if start + limit < len(rows):
            body["next"] = str(start + limit)
        return web.json_response(body)

    def job(self, request):
        job = self.jobs.get(request.match_info["id"])
        if job is None:
            raise web.HTTPNotFound(text=json.dumps({"code": "job_not_found", "detail": "There is no such job.", "status": 404}), content_type="application/problem+json")
        return job

    async def get_job(self, request):
        return web.json_response(self.job(request).full())

    async def events(self, request):
        job = self.job(request)
        since, limit = int(request.query.get("since", 0)), int(request.query.get("limit", 50))
        events = [event for event in job.events if event["seq"] > since][:limit]
        body = {"events": events, "seq": job.seq}
        if len(events) == limit:
            body["next"] = events[-1]["seq"]
        return web.json_response(body)

    async def list_checkpoints(self, request):
        return web.json_response({"checkpoints": []})

    # What tests ask for

    async def add_many(self, request):
        for job in many(int(request.query.get("count", 10_000))):
            self.jobs[job.id] = job
        return web.json_response({"jobs": len(self.jobs)})

    async def flood(self, request):
        pages, rate, seconds = int(request.query.get("pages", 1000)), float(request.query.get("rate", 2000)), float(request.query.get("seconds", 60))
        job = Job({"id": "flood", "name": "thousand-pages.pdf", "status": "running", "created": time.time(), "started": time.time(), "pages": pages, "bytes": 48_000_000, "formats": ["md", "json"], "priority": 0, "source": "", "seq": 0, "links": {}})
        job.plan = {stage: pages if stage in PAGE_STAGES else 2 if stage == "export" else 1 for stage in STAGES}
        self.jobs[job.id] = job
        task = asyncio.create_task(self._flood(job, pages, rate, seconds))
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)
        return web.json_response({"job": job.id})

    async def _flood(self, job, pages, rate, seconds):
        began, sent = time.time(), 0
        units = [(stage, page) for page in range(1, pages + 1) for stage in STAGES if stage in PAGE_STAGES]
        keep = 4_000
        while time.time() - began < seconds:
            due = int((time.time() - began) * rate)
            while sent < due:
                stage, page = units[(sent // 2) % len(units)]
                kind = "unit_started" if sent % 2 == 0 else "unit_gap" if page % 97 == 0 and stage == "ocr" else "unit_finished"
                event = {"job": job.id, "type": kind, "stage": stage, "page": page, "attempt": 1 + sent // (2 * len(units)), "at": time.time(), "state": MARK[kind]}
                if kind == "unit_started":
                    event["worker"] = 1 + (sent // 2) % 2
                if kind == "unit_gap":
                    event["failure"] = {"code": "timed_out", "message": "The page took more than 60 s.", "retryable": True}
                await self.hub.tell(job.id, job.add(event))
                sent += 1
            if len(job.events) > 40_000:
                del job.events[:-keep]
            await asyncio.sleep(0.004)
        await self.hub.tell(job.id, job.add({"job": job.id, "type": "job_state", "state": "completed_with_errors", "at": time.time()}))

    def app(self):
        app = web.Application()
        on = app.router.add_route
        job = "/api/v1/jobs/{id}"
        for method, path, handler in [
            ("GET", "/api/v1/session", self.session), ("POST", "/api/v1/tickets", self.ticket), ("GET", "/api/v1/progress", self.hub.serve),
            ("GET", "/api/v1/jobs", self.list_jobs), ("GET", job, self.get_job), ("GET", job + "/events", self.events), ("GET", job + "/checkpoints", self.list_checkpoints),
            ("POST", "/fake/many", self.add_many), ("POST", "/fake/flood", self.flood), ("GET", "/{path:.*}", self.file),
        ]:
            on(method, path, handler)
        return app


async def serve(options):
    runner = web.AppRunner(StandIn().app(), shutdown_timeout=1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", options.port)
    await site.start()
    print(f"http://127.0.0.1:{site._server.sockets[0].getsockname()[1]}/", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--port", type=int, default=0)
    asyncio.run(serve(parser.parse_args()))
