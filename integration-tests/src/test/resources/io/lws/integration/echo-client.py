"""Sends each row of EchoedMessages with the websockets package, and checks what comes back."""
import asyncio
import os
import sys

import websockets

ROWS = [
    ("héllo, 世界 🙂", 1), ("", 1), (os.urandom(1000), 1), (b"", 1),
    ("0123456789abcdef" * (1 << 16), 1), (os.urandom(1 << 20), 1), ("é" * 3001, 3), (os.urandom(100001), 5),
]


async def main(uri):
    async with websockets.connect(uri, subprotocols=["lws-minimal-server-echo"], max_size=None) as ws:
        assert ws.subprotocol == "lws-minimal-server-echo", ws.subprotocol
        for payload, fragments in ROWS:
            step = len(payload) // fragments
            pieces = [payload[i * step:(i + 1) * step if i < fragments - 1 else None] for i in range(fragments)]
            await ws.send(pieces[0] if fragments == 1 else pieces)
            echoed = await ws.recv()
            assert echoed == payload, (len(payload), len(echoed))
        await ws.close(1000, "done")
        print(f"echoed {len(ROWS)} messages, closed {ws.close_code}")


asyncio.run(main(sys.argv[1]))
