"""A site that gets it wrong: it knows Content-Length only. Behind any proxy, and alone, the test must
see that; else it would see nothing."""

import asyncio
import json
import re
import threading


class NaiveSite:
    """In the place of terracat.Server."""

    def __init__(self):
        self.lines = []
        self.loop = asyncio.new_event_loop()
        self.server = self.loop.run_until_complete(asyncio.start_server(self.serve, "127.0.0.1", 0))
        self.url = "http://127.0.0.1:%d" % self.server.sockets[0].getsockname()[1]
        self.thread = threading.Thread(target=self.loop.run_forever)
        self.thread.start()

    async def serve(self, reader, writer):
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                name = re.search(r"\r\nX-Request-Id: ([\w-]+)", head, re.I)
                length = re.search(r"\r\nContent-Length: (\d{1,6})\r", head, re.I)
                await reader.readexactly(int(length[1]) if length else 0)
                name = name[1] if name else "0123456789abcdef"
                self.lines.append(json.dumps({"request_id": name, "route": "", "status": 404,
                                              "dur_us": 0}).replace(": ", ":"))
                path = head.split(" ")[1] if head.count(" ") else ""
                body = path.encode("latin-1")
                writer.write(b"HTTP/1.1 404 Not Found\r\nX-Request-Id: %s\r\nContent-Length: %d\r\n\r\n"
                             % (name.encode(), len(body)) + body)
                await writer.drain()
                if re.search(r"\r\nConnection: close\r", head, re.I):
                    break
        except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, asyncio.CancelledError,
                ConnectionError):
            pass
        writer.close()

    def said(self):
        return "\n".join(self.lines)

    def stop(self):
        async def end():
            self.server.close()
            for task in asyncio.all_tasks() - {asyncio.current_task()}:
                task.cancel()
        asyncio.run_coroutine_threadsafe(end(), self.loop).result()
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        return 0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.thread.is_alive():
            self.stop()
