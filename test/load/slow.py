"""Clients that hold connections: some send a request byte by byte, others hardly read the answer.

Usage: slow.py HOST PORT COUNT   runs until it is ended; says "ready" when all have begun.
"""

import asyncio
import sys

REQUEST = (b"GET /stac/search?limit=1000 HTTP/1.1\r\nHost: slow\r\nAccept-Encoding: identity\r\n"
           b"X-Padding: " + b"a" * 600 + b"\r\n\r\n")


async def sender(host, port, address):
    """A byte a second: the server gives up, and the client begins again."""
    while True:
        try:
            _, writer = await asyncio.open_connection(host, port, local_addr=(address, 0))
            for byte in REQUEST:
                writer.write(bytes([byte]))
                await writer.drain()
                await asyncio.sleep(1)
        except OSError:
            await asyncio.sleep(1)


async def reader(host, port, address):
    """A hundred bytes a second of a large answer."""
    while True:
        try:
            stream, writer = await asyncio.open_connection(host, port, local_addr=(address, 0),
                                                           limit=2048)
            writer.write(REQUEST)
            while await stream.read(100):
                await asyncio.sleep(1)
            writer.close()
        except OSError:
            await asyncio.sleep(1)


async def main(host, port, count):
    clients = []
    for number in range(count):
        address = f"127.0.0.{2 + number % 8}"
        kind = reader if number % 10 == 0 else sender
        clients.append(asyncio.create_task(kind(host, port, address)))
        if number % 50 == 49:
            await asyncio.sleep(0.1)
    print("ready", flush=True)
    await asyncio.gather(*clients)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
