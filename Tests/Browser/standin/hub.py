"""The progress WebSocket, as the interface describes it: snapshots, transitions after a number, ticks."""

import json

from aiohttp import WSMsgType, web


class Hub:
    def __init__(self, jobs):
        self.jobs = jobs
        self.sockets = {}

    async def serve(self, request):
        socket = web.WebSocketResponse(protocols=["sheaf.progress.v1"], heartbeat=15)
        await socket.prepare(request)
        wants = self.sockets[socket] = set()
        try:
            async for message in socket:
                if message.type != WSMsgType.TEXT:
                    continue
                wish = json.loads(message.data)
                if "subscribe" in wish:
                    await self._subscribe(socket, wants, wish["subscribe"])
                elif "unsubscribe" in wish:
                    wants -= {"*"} if wish["unsubscribe"]["jobs"] == "*" else set(wish["unsubscribe"]["jobs"])
        finally:
            self.sockets.pop(socket, None)
        return socket

    async def _subscribe(self, socket, wants, wish):
        since = wish.get("since", {})
        if wish["jobs"] == "*":
            open_jobs = [job.full() for job in self.jobs.values() if job.summary["status"] in ("queued", "running", "paused") and job.id not in since]
            await socket.send_str(json.dumps({"resync": {"job": "*"}, "snapshot": {"jobs": open_jobs[:50], "more": False}}))
            wants.add("*")
            named = list(since)
        else:
            named = wish["jobs"]
            wants |= set(named)
        for name in named:
            job = self.jobs.get(name)
            if job is None:
                continue
            # What is pruned cannot be told again.
            if name in since and (not job.events or job.events[0]["seq"] <= since[name] + 1):
                for event in [event for event in job.events if event["seq"] > since[name]]:
                    await socket.send_str(json.dumps(event))
            else:
                await socket.send_str(json.dumps({"resync": {"job": name}, "snapshot": {"jobs": [job.full(lists=True)], "more": False}}))

    async def tell(self, job, message):
        text = message if isinstance(message, str) else json.dumps(message)
        for socket, wants in list(self.sockets.items()):
            if ("*" in wants or job in wants) and not socket.closed:
                try:
                    await socket.send_str(text)
                except (ConnectionError, RuntimeError):
                    self.sockets.pop(socket, None)
