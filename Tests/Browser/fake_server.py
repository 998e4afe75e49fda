"""Serves the viewer with a stand-in for `sheaf serve`, for developing it and for tests of what a real server cannot be made to do.

    fake_server.py --sheaf .build/debug/sheaf --data FOLDER [--port 0] [--key KEY]

Jobs are real: uploads, reruns and edits run the `sheaf` command over the data folder. `POST /fake/many?count=10000` adds
jobs to the list, `POST /fake/flood?pages=1000&rate=2000&seconds=60` plays a large job, `POST /fake/drop` breaks all sockets.
"""

import argparse
import asyncio
import json
import secrets
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

from aiohttp import web

from standin.book import PAGE_STAGES, STAGES, Job, many
from standin.command import Command, Refused
from standin.hub import Hub

ROOT = Path(__file__).resolve().parents[2]
POLICY = ("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; worker-src 'self'; "
          "form-action 'none'; base-uri 'none'; frame-ancestors 'none'")
TYPES = {".html": "text/html", ".css": "text/css", ".mjs": "text/javascript", ".js": "text/javascript", ".svg": "image/svg+xml"}
RESULT_TYPES = {".md": "text/markdown", ".html": "text/html", ".json": "application/json", ".txt": "text/plain", ".csv": "text/csv", ".jsonl": "application/jsonl",
                ".hocr": "text/html", ".pdf": "application/pdf", ".png": "image/png", ".jpg": "image/jpeg"}


def problem(status, code, detail, **more):
    body = {"type": f"urn:sheaf:problem:{code}", "title": code, "status": status, "detail": detail, "code": code, "request_id": "0", **more}
    headers = {"Retry-After": "1"} if status in (429, 503) else {}
    return web.json_response(body, status=status, headers=headers, content_type="application/problem+json")


class StandIn:
    def __init__(self, options):
        self.data = Path(options.data).resolve()
        self.data.mkdir(parents=True, exist_ok=True)
        self.kept = self.data / "stand-in"
        self.kept.mkdir(exist_ok=True)
        self.key = options.key
        self.sessions = set()
        self.command = Command(options.sheaf, self.data / "sheaf")
        self.jobs = {}
        for path in sorted(self.kept.glob("*.json")):
            job = Job.load(path)
            self.jobs[job.id] = job
        self.hub = Hub(self.jobs)
        self.plan = None
        self.tasks = set()
        self.refuse_uploads = False
        self.began = time.time()

    # The viewer's files

    async def file(self, request):
        name = request.match_info.get("path") or "index.html"
        path = (ROOT / "web-static" / name).resolve()
        if not path.is_relative_to(ROOT / "web-static") or not path.is_file():
            return problem(404, "not_found", "There is no such file.")
        response = web.Response(body=path.read_bytes(), content_type=TYPES.get(path.suffix, "application/octet-stream"), charset="utf-8" if path.suffix in TYPES else None)
        response.headers["Content-Security-Policy"] = POLICY
        response.headers["Cache-Control"] = "no-cache"
        response.enable_compression()
        return response

    # Access

    @web.middleware
    async def guard(self, request, handler):
        is_open = not request.path.startswith("/api/") or request.path == "/api/v1/session"
        if self.key and not is_open and "ticket" not in request.query and request.cookies.get("sheaf_session") not in self.sessions:
            return problem(401, "unauthorized", "The request needs a key.")
        try:
            return await handler(request)
        except Refused as refusal:
            return problem(409 if refusal.code == 1 else 422, "refused", str(refusal))

    async def session(self, request):
        mine = {"authentication": bool(self.key), "name": "ada" if self.key else "", "role": "admin"}
        if request.method == "GET":
            if self.key and request.cookies.get("sheaf_session") not in self.sessions:
                return problem(401, "unauthorized", "The request needs a key.")
            return web.json_response(mine)
        if (await request.json()).get("key") != self.key:
            return problem(401, "invalid_key", "The key is not valid.", hint="Keys begin with sk_.")
        token = secrets.token_hex(16)
        self.sessions.add(token)
        response = web.json_response(mine, status=201)
        response.set_cookie("sheaf_session", token, httponly=True, samesite="Strict")
        return response

    async def sign_out(self, request):
        self.sessions.discard(request.cookies.get("sheaf_session"))
        return web.Response(status=204)

    async def ticket(self, request):
        return web.json_response({"ticket": secrets.token_hex(8), "expires_in": 30}, status=201)

    # The plan and the system

    async def stages(self, request):
        if self.plan is None:
            told = await self.command.ask("stages")
            rows = {}
            for row in told[0]["stages"]:
                known = rows.setdefault(row["stage"], {"stage": row["stage"], "number": STAGES.index(row["stage"]) + 1, "version": row["version"], "scope": row["scope"], "needs": row["needs"], "formats": [], "options": []})
                if "format" in row:
                    known["formats"].append(row["format"])
                names = {option["name"] for option in known["options"]}
                known["options"] += [option for option in row["options"] if option["name"] not in names]
            self.plan = {"stages": list(rows.values())}
        return web.json_response(self.plan)

    async def schema(self, request):
        stage = request.match_info["stage"]
        if stage not in STAGES:
            return problem(404, "unknown_stage", "There is no such stage.")
        path = ROOT / "Checkpoints" / "schema" / f"{STAGES.index(stage) + 1:02d}-{stage}.schema.json"
        return web.json_response(json.loads(path.read_text()))

    async def system(self, request):
        unfinished = [job for job in self.jobs.values() if job.summary["status"] in ("queued", "running", "paused")]
        running = sum(unit["status"] == "running" for job in unfinished for unit in job.units.values())
        wave = abs((time.time() % 10) - 5) / 5
        return web.json_response({
            "status": "ready", "queue": {"status": "open", "jobs": {"used": len(unfinished), "limit": 1000}, "pages": {"used": sum(job.summary.get("pages", 0) for job in unfinished), "limit": 20000}, "uploads": {"used": 0, "limit": 64}},
            "workers": {"allowed": 2, "running_units": running, "ready_units": 3 * running}, "jobs": {"live": len(unfinished), "waiting": 0},
            "loop": {"lag_mean_seconds": 0.00012 + wave * 0.0001, "lag_p99_seconds": 0.0011 + wave * 0.001, "lag_max_seconds": 0.004},
            "sockets": {"connections": 1 + len(self.hub.sockets), "websockets": len(self.hub.sockets)}, "memory": {"resident_bytes": 38_000_000 + int(wave * 2e6)},
            "processes": [{"pid": 4100 + number, "state": "busy" if running > number else "idle", "resident_bytes": 71_000_000 + number * 9_000_000, "units": 40 + number} for number in range(2)],
            "disk": {"free_bytes": 81_000_000_000}, "uptime_seconds": time.time() - self.began})

    # Jobs

    async def list_jobs(self, request):
        query = request.query
        states = set(filter(None, query.get("status", "").split(",")))
        rows = [job.summary for job in self.jobs.values()
                if (not states or job.summary["status"] in states) and query.get("text", "").lower() in job.summary["name"].lower()
                and (not query.get("type") or job.summary["name"].lower().endswith("." + query["type"]))]
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

    async def delete_job(self, request):
        job = self.job(request)
        del self.jobs[job.id]
        if job.path:
            job.path.unlink(missing_ok=True)
            async for _ in self.command.follow("delete", job.id):
                pass
        await self.hub.tell(job.id, {"removed": {"job": job.id}})
        return web.Response(status=204)

    async def events(self, request):
        job = self.job(request)
        since, limit = int(request.query.get("since", 0)), int(request.query.get("limit", 50))
        events = [event for event in job.events if event["seq"] > since][:limit]
        body = {"events": events, "seq": job.seq}
        if len(events) == limit:
            body["next"] = events[-1]["seq"]
        return web.json_response(body)

    async def submit(self, request):
        if self.refuse_uploads:
            return problem(503, "queue_full", "The queue is full.", retryable=True, hint="It has 1000 jobs.")
        form = await request.post()
        upload = form["file"]
        content = upload.file.read()
        if not content:
            return problem(422, "empty_file", "The document is empty.", hint="Look whether it was saved.")
        if not content.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8", b"II", b"MM", b"RIFF", b"BM")):
            return problem(415, "unsupported_type", "This is no PDF file and no image.", hint="PDF, PNG, JPEG, TIFF, WebP and BMP are taken.")
        options = json.loads(form.get("options", "{}"))
        folder = Path(tempfile.mkdtemp(dir=self.kept))
        path = folder / Path(upload.filename).name
        path.write_bytes(content)
        formats = options.get("formats") or ["md"]
        arguments = ["run", path, "--out", folder, "--format", ",".join(formats)]
        for name, value in options.get("set", {}).items():
            arguments += ["--set", f"{name}={'+'.join(value) if isinstance(value, list) else value}"]
        if options.get("pages"):
            arguments += ["--pages", options["pages"]]
        summary = {"name": upload.filename, "bytes": len(content), "formats": formats, "created": time.time(), "status": "queued", "priority": 0, "source": "", "seq": 0, "links": {}}
        admitted = asyncio.get_running_loop().create_future()
        self._spawn(self._play(arguments, summary, admitted))
        job = await admitted
        return web.json_response({"job_id": job.id, "status": "queued", "estimated_seconds": 2, "links": {}}, status=202)

    def _spawn(self, work):
        task = asyncio.create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def _play(self, arguments, summary=None, admitted=None, job=None, stdin=None):
        try:
            async for line in self.command.follow(*arguments, stdin=stdin):
                if line.get("type") == "admitted" and job is None:
                    job = Job({**summary, "id": line["job"]}, self.kept / f"{line['job']}.json")
                    self.jobs[job.id] = job
                    admitted.set_result(job)
                elif line.get("type") == "planned" and job:
                    job.plan = line["stages"]
                    pages = max([line["stages"].get(stage, 0) for stage in PAGE_STAGES], default=0)
                    if pages:
                        job.summary["pages"] = max(pages, job.summary.get("pages", 0))
                    await self.hub.tell(job.id, {"plan": {"job": job.id, "seq": job.seq, "stages": job.plan, "pages": job.summary.get("pages")}})
                elif "tick" in line:
                    await self.hub.tell(job.id, line)
                elif "seq" in line and job:
                    await self.hub.tell(job.id, job.add(line))
        except Refused as refusal:
            if admitted and not admitted.done():
                admitted.set_exception(refusal)
            elif stdin is not None:
                raise
        if job:
            job.save()
        return job

    async def cancel(self, request):
        job = self.job(request)
        if job.path:
            await self.command.ask("cancel", job.id)
        else:
            await self.hub.tell(job.id, job.add({"job": job.id, "type": "job_state", "state": "cancelled", "at": time.time()}))
        return web.json_response(job.summary)

    async def resume(self, request):
        job = self.job(request)
        wishes = await request.json()
        self._spawn(self._play(["resume", job.id] + (["--retry-gaps"] if wishes.get("retry_gaps") else []), job=job))
        return web.json_response(job.summary, status=202)

    async def rerun(self, request):
        job = self.job(request)
        wishes = await request.json()
        arguments = ["rerun", job.id, "--stage", wishes["stages"][0]]
        if wishes.get("pages"):
            arguments += ["--pages", wishes["pages"]]
        for name, value in wishes.get("options", {}).items():
            text = "+".join(value) if isinstance(value, list) else {True: "on", False: "off"}.get(value, value) if isinstance(value, bool) else value
            arguments += ["--set", f"{name}={text}"]
        arguments += ["--force"] * bool(wishes.get("force")) + ["--reset"] * bool(wishes.get("reset"))
        if "dry_run" in request.query:
            return web.json_response((await self.command.ask(*arguments, "--dry-run"))[0])
        self._spawn(self._play(arguments, job=job))
        return web.json_response(job.summary, status=202)

    # Checkpoints

    def folder(self, job, stage):
        return self.data / "sheaf" / "jobs" / job.id / f"{STAGES.index(stage) + 1:02d}-{stage}"

    def unit_path(self, request):
        stage, page = request.match_info["stage"], request.match_info.get("page")
        name = "document" if page is None else f"{int(page):04d}" if page.isdigit() else page
        return self.folder(self.job(request), stage) / f"{name}.json"

    async def list_checkpoints(self, request):
        units = [unit for unit in self.job(request).units.values() if request.query.get("stage", unit["stage"]) == unit["stage"]]
        start, limit = int(request.query.get("cursor", 0)), int(request.query.get("limit", 50))
        body = {"checkpoints": units[start:start + limit]}
        if start + limit < len(units):
            body["next"] = str(start + limit)
        return web.json_response(body)

    async def checkpoint(self, request):
        path = self.unit_path(request)
        if not path.is_file():
            return problem(404, "checkpoint_not_found", "There is no such checkpoint.")
        text = path.read_text()
        tag = json.loads(text)["content"].removeprefix("sha256:")
        return web.Response(text=text, content_type="application/json", headers={"ETag": f'"{tag}"', "Cache-Control": "private, no-cache"})

    async def edit(self, request):
        job, path = self.job(request), self.unit_path(request)
        tag = json.loads(path.read_text())["content"].removeprefix("sha256:")
        if request.headers.get("If-Match") != f'"{tag}"':
            return problem(412, "precondition_failed", "It has changed meanwhile.", hint="Load it again.")
        arguments = ["edit", job.id, request.match_info["stage"], *([request.match_info["page"]] if "page" in request.match_info else []), "--file", "-", "--why", request.query.get("why") or "edited in the viewer"]
        body = await request.read()
        # A faulty version is refused before anything runs; a good one runs on while the answer is given.
        async for _ in self.command.follow(*arguments, "--no-run", stdin=body):
            if "seq" in _:
                await self.hub.tell(job.id, job.add(_))
        self._spawn(self._play(["resume", job.id], job=job))
        tag = json.loads(path.read_text())["content"].removeprefix("sha256:")
        return web.json_response(job.summary, status=202, headers={"ETag": f'"{tag}"'})

    async def unpin(self, request):
        job = self.job(request)
        await self._play(["unpin", job.id, request.match_info["stage"], *([request.match_info["page"]] if "page" in request.match_info else [])], job=job)
        return web.Response(status=204)

    async def history(self, request):
        page = [request.match_info["page"]] if "page" in request.match_info else []
        return web.json_response({"history": await self.command.ask("history", self.job(request).id, request.match_info["stage"], *page)})

    async def restore(self, request):
        job = self.job(request)
        page = [request.match_info["page"]] if "page" in request.match_info else []
        await self._play(["restore", job.id, request.match_info["stage"], *page, (await request.json())["version"]], job=job)
        return web.json_response(job.summary, status=202)

    async def pins(self, request):
        return web.json_response({"pins": await self.command.ask("pins", self.job(request).id)})

    async def explain(self, request):
        page = [request.match_info["page"]] if "page" in request.match_info else []
        return web.json_response((await self.command.ask("explain", self.job(request).id, request.match_info["stage"], *page))[0])

    async def trace(self, request):
        arguments = []
        if "text" in request.query:
            arguments = [request.query["text"]]
        for name in ("box", "offset", "chunk", "field", "format"):
            if name in request.query:
                arguments += [f"--{name}", request.query[name]]
        return web.json_response((await self.command.ask("trace", self.job(request).id, *arguments))[0])

    async def diff(self, request):
        job, other = self.job(request).id, request.match_info["other"]
        arguments = [job] if job == other else [job, other]
        if "stage" in request.query:
            arguments += [request.query["stage"]] if job == other else ["--stage", request.query["stage"]]
            if "page" in request.query:
                arguments += [request.query["page"]] if job == other else ["--pages", request.query["page"]]
            if "history" in request.query:
                arguments += ["--history", request.query["history"]]
        if "all" in request.query:
            arguments += ["--all"]
        return web.json_response((await self.command.ask("diff", *arguments))[0])

    async def preview(self, request):
        path = self.folder(self.job(request), "render") / f"{int(request.match_info['page']):04d}.jpg"
        if not path.is_file():
            return problem(404, "checkpoint_not_found", "The page has no image.")
        return web.FileResponse(path, headers={"Cache-Control": "private, no-cache"})

    async def result(self, request):
        job, name = self.job(request), request.query.get("format", "md")
        folder = self.folder(job, "export") / name
        if job.summary["status"] not in ("completed", "completed_with_errors"):
            return problem(409, "job_unfinished", f"The job is {job.summary['status']}.", retryable=True)
        if not folder.is_dir():
            if name not in job.summary["formats"]:
                job.summary["formats"] = [*job.summary["formats"], name]
                self._spawn(self._play(["export", job.id, "--format", name, "--out", tempfile.mkdtemp(dir=self.kept)], job=job))
            return web.json_response({"job_id": job.id, "status": "making", "format": name}, status=202, headers={"Retry-After": "1"})
        files = sorted(path for path in folder.iterdir() if path.suffix != ".origins")
        wanted = request.query.get("file")
        found = [path for path in files if path.name == wanted] if wanted else [path for path in files if path.name.startswith("document.")]
        if len(found) == 1:
            kind = RESULT_TYPES.get(found[0].suffix, "application/octet-stream")
            return web.Response(body=found[0].read_bytes(), content_type=kind, charset="utf-8" if kind.startswith("text/") else None,
                                headers={"Content-Security-Policy": "sandbox; default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'"})
        return web.json_response({"format": name, "files": [{"name": path.name, "bytes": path.stat().st_size, "type": RESULT_TYPES.get(path.suffix, ""), "link": f"/api/v1/jobs/{job.id}/result?format={name}&file={quote(path.name)}"} for path in files]})

    # What tests ask for

    async def add_many(self, request):
        for job in many(int(request.query.get("count", 10_000))):
            self.jobs[job.id] = job
        return web.json_response({"jobs": len(self.jobs)})

    async def drop(self, request):
        await self.hub.drop()
        return web.json_response({})

    async def refuse(self, request):
        self.refuse_uploads = request.query.get("on") == "1"
        return web.json_response({})

    async def flood(self, request):
        pages, rate, seconds = int(request.query.get("pages", 1000)), float(request.query.get("rate", 2000)), float(request.query.get("seconds", 60))
        job = Job({"id": "flood", "name": "thousand-pages.pdf", "status": "running", "created": time.time(), "started": time.time(), "pages": pages, "bytes": 48_000_000, "formats": ["md", "json"], "priority": 0, "source": "", "seq": 0, "links": {}})
        job.plan = {stage: pages if stage in PAGE_STAGES else 2 if stage == "export" else 1 for stage in STAGES}
        self.jobs[job.id] = job
        self._spawn(self._flood(job, pages, rate, seconds))
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
                if kind == "unit_gap":
                    event["failure"] = {"code": "timed_out", "message": "The page took more than 60 s.", "retryable": True}
                await self.hub.tell(job.id, job.add(event))
                sent += 1
            if len(job.events) > 40_000:
                del job.events[:-keep]
            await asyncio.sleep(0.004)
        await self.hub.tell(job.id, job.add({"job": job.id, "type": "job_state", "state": "completed_with_errors", "at": time.time()}))

    def app(self):
        app = web.Application(middlewares=[self.guard], client_max_size=1 << 30)
        on = app.router.add_route
        job, unit = "/api/v1/jobs/{id}", "/{stage}"
        for method, path, handler in [
            ("GET", "/api/v1/session", self.session), ("POST", "/api/v1/session", self.session), ("DELETE", "/api/v1/session", self.sign_out), ("POST", "/api/v1/tickets", self.ticket),
            ("GET", "/api/v1/stages", self.stages), ("GET", "/api/v1/stages/{stage}/schema", self.schema), ("GET", "/api/v1/system", self.system), ("GET", "/api/v1/progress", self.hub.serve),
            ("POST", "/api/v1/documents", self.submit), ("GET", "/api/v1/jobs", self.list_jobs), ("GET", job, self.get_job), ("DELETE", job, self.delete_job),
            ("GET", job + "/events", self.events), ("POST", job + "/cancel", self.cancel), ("POST", job + "/resume", self.resume), ("POST", job + "/rerun", self.rerun),
            ("GET", job + "/checkpoints", self.list_checkpoints), ("GET", job + "/pins", self.pins), ("GET", job + "/trace", self.trace), ("GET", job + "/diff/{other}", self.diff),
            ("GET", job + "/pages/{page}/preview", self.preview), ("GET", job + "/result", self.result),
            ("POST", "/fake/many", self.add_many), ("POST", "/fake/drop", self.drop), ("POST", "/fake/flood", self.flood), ("POST", "/fake/refuse", self.refuse),
        ]:
            on(method, path, handler)
        for tail in (unit, unit + "/{page}"):
            on("POST", job + "/history" + tail + "/restore", self.restore)
            on("GET", job + "/history" + tail, self.history)
            on("GET", job + "/explain" + tail, self.explain)
            on("GET", job + "/checkpoints" + tail, self.checkpoint)
            on("PUT", job + "/checkpoints" + tail, self.edit)
            on("DELETE", job + "/checkpoints" + tail, self.unpin)
        on("GET", "/{path:.*}", self.file)
        return app


MARK = {"unit_started": "running", "unit_finished": "done", "unit_gap": "gap"}


async def serve(options):
    stand_in = StandIn(options)
    runner = web.AppRunner(stand_in.app(), shutdown_timeout=1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", options.port)
    await site.start()
    port = site._server.sockets[0].getsockname()[1]
    print(f"http://127.0.0.1:{port}/", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sheaf", required=True, help="the program")
    parser.add_argument("--data", required=True, help="a folder for jobs")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--key", help="asks for this key")
    asyncio.run(serve(parser.parse_args()))
