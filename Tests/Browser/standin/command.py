"""The real `sheaf` command: what it prints as JSON is what the server's interface answers."""

import asyncio
import json


class Refused(Exception):
    def __init__(self, code, text):
        super().__init__(text)
        self.code = code


class Command:
    def __init__(self, program, data):
        self.program = program
        self.data = data
        # One `sheaf` at a time may write to a data folder.
        self.writing = asyncio.Lock()

    async def _start(self, *arguments, stdin=None):
        return await asyncio.create_subprocess_exec(
            self.program, *map(str, arguments), *([] if arguments[0] == "stages" else ["--data", str(self.data)]), stdin=asyncio.subprocess.PIPE if stdin is not None else asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE, limit=64 << 20)

    async def ask(self, *arguments):
        """What a reading command prints; several lines become a list."""
        process = await self._start(*arguments, "--json")
        out, err = await asyncio.wait_for(process.communicate(), 60)
        if process.returncode not in (0, 3):
            raise Refused(process.returncode, err.decode().strip().removeprefix("sheaf: "))
        lines = [json.loads(line) for line in out.decode().splitlines() if line.strip()]
        return lines

    async def follow(self, *arguments, stdin=None):
        """The lines of a working command, as they come."""
        async with self.writing:
            process = await self._start(*arguments, "--json", stdin=stdin)
            if stdin is not None:
                process.stdin.write(stdin)
                process.stdin.close()
            errors = asyncio.create_task(process.stderr.read())
            try:
                async for line in process.stdout:
                    yield json.loads(line)
                code = await process.wait()
                text = (await errors).decode().strip()
                if code not in (0, 3):
                    raise Refused(code, text.removeprefix("sheaf: "))
            finally:
                if process.returncode is None:
                    process.kill()
                    await process.wait()
