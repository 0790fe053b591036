"""Honest clients beside hostile ones: ``python tests/benchmarks/hostile_load.py --seconds 60``.

64 clients ask questions, each with a pause after each answer, first alone and then with 5 hostile ones among them that
send, as fast as they can, what once made the service useless. Prints the errors the honest ones saw, their times in
both halves and the ratio of the medians; the exit status is 1 when there was an error or the ratio is above 2. Every
client has a loopback address of its own as its source (Linux: all of 127.0.0.0/8 is), so that limits tell them apart.
"""

import argparse
import asyncio
import json
import random
import statistics
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from served import serving

QUESTIONS = (
    "智能工厂改造投了1800万能补多少?", "哪些政策支持企业引进人才?", "贷款贴息的比例是多少?", "租用创业基地场地有补助吗",
    "What subsidy is there for rent?", "首台套产品怎么补", "哪些城市对绿色工厂有补贴", "三明绿色工厂的企业补多少?",
)  # fmt: skip
TIMEOUT = 40.0  # s; the service gives up before


@dataclass
class Seen:
    """What one group of clients saw."""

    times: list[float] = field(default_factory=list)
    health: list[float] = field(default_factory=list)
    statuses: Counter[str] = field(default_factory=Counter)


def post(path: str, body: bytes, close: bool = True) -> bytes:
    """A request with a body of JSON."""
    kept = "close" if close else "keep-alive"
    head = f"POST {path} HTTP/1.1\r\nHost: load\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\nConnection: {kept}\r\n\r\n"
    return head.encode() + body


async def exchange(port: int, source: str, content: bytes) -> str:
    """Send a request over a connection of its own; the status of its answer."""
    try:
        async with asyncio.timeout(TIMEOUT):
            reader, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=(source, 0))
            try:
                writer.write(content)
                received = await reader.read()
            finally:
                writer.close()
    except TimeoutError:
        return "late"
    except OSError as error:
        return type(error).__name__
    return received[9:12].decode("latin-1") or "closed"


async def honest(port: int, number: int, pause: float, end: float, seen: Seen) -> None:
    """A person: asks, reads for a while, asks again."""
    rng = random.Random(number)
    source = f"127.1.0.{number + 1}"
    await asyncio.sleep(rng.random() * pause)
    while time.monotonic() < end:
        question = {"question": rng.choice(QUESTIONS)}
        began = time.perf_counter()
        status = await exchange(port, source, post("/api/ask", json.dumps(question).encode()))
        seen.times.append(time.perf_counter() - began)
        seen.statuses[status] += 1
        await asyncio.sleep(pause * (0.5 + rng.random()))


async def watched(port: int, end: float, seen: Seen) -> None:
    """A load balancer that asks whether the service lives."""
    while time.monotonic() < end:
        began = time.perf_counter()
        status = await exchange(port, "127.1.1.1", b"GET /healthz HTTP/1.1\r\nHost: load\r\nConnection: close\r\n\r\n")
        seen.health.append(time.perf_counter() - began)
        if status != "200":
            seen.statuses[f"healthz {status}"] += 1
        await asyncio.sleep(0.1)


# ── hostile ones ──

_TURN = {"question": "a" * 1500, "clause_ids": [], "edited": []}
HEAVY = (
    post("/api/ask", json.dumps({"question": "补贴" * 1000}).encode()),
    post(
        "/api/match",
        json.dumps({"projects": [{"name": f"智能工厂改造{n}", "investment": n} for n in range(1000)]}).encode(),
    ),
    post(
        "/api/ask", json.dumps({"question": "投了1800万呢?", "history": ["智能工厂改造能补多少?" * 20] * 190}).encode()
    ),
    post("/api/ask", json.dumps({"question": "投了1800万呢?", "state": {"exchanges": [_TURN] * 190}}).encode()),
    post("/api/calculate", b'{"clause_id": "a", "facts": [{"fact": "x", "value": "1e-999999999"}]}'),
    post("/api/ask", json.dumps({f"k{n}": n for n in range(60_000)}).encode()),
    post("/api/ask", json.dumps({"question": "补贴" + "\ufdfa" * 100}).encode()),
    post("/gradio_api/component_server/", json.dumps({"fn_name": "ask", "data": {"question": "补贴" * 1000}}).encode()),
)


async def heavy(port: int, source: str, end: float, seen: Seen) -> None:
    """Sends what takes long to work out, several at once."""

    async def one(number: int) -> None:
        rng = random.Random(f"{source}.{number}")
        while time.monotonic() < end:
            seen.statuses[await exchange(port, source, rng.choice(HEAVY))] += 1
            await asyncio.sleep(0.01)

    await asyncio.gather(*(one(number) for number in range(8)))


async def idle(port: int, source: str, end: float, seen: Seen) -> None:
    """Opens connections and sends half a request, or nothing, on each."""
    held: list[asyncio.StreamWriter] = []
    try:
        while time.monotonic() < end:
            with suppress(OSError):
                _, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=(source, 0))
                held.append(writer)
                writer.write(b"POST /api/ask HTTP/1.1\r\nHost: load\r\nContent-Le" if len(held) % 2 else b"")
                seen.statuses["opened"] += 1
            while len(held) > 1100:
                held.pop(0).close()
            await asyncio.sleep(0.005)
    finally:
        for writer in held:
            writer.close()


async def littering(port: int, source: str, end: float, seen: Seen) -> None:
    """Fills what is kept: feedback, uploads, addresses that are none, nonsense."""
    number = 0
    feedback = post(
        "/api/feedback", json.dumps({"question": "补" * 2000, "rating": "up", "comment": "长" * 2000}).encode()
    )
    while time.monotonic() < end:
        number += 1
        for content in (
            feedback,
            post("/gradio_api/upload", b"x"),
            f"GET /docs/x{number} HTTP/1.1\r\nHost: load\r\nConnection: close\r\n\r\n".encode(),
            b"nonsense\r\n\r\n",
        ):
            seen.statuses[await exchange(port, source, content)] += 1


HOSTILE: tuple[Callable[[int, str, float, Seen], Awaitable[None]], ...] = (heavy, heavy, heavy, idle, littering)


async def half(port: int, clients: int, hostile: int, pause: float, seconds: float) -> tuple[Seen, Seen]:
    """Let clients ask for a while; what the honest and what the hostile ones saw."""
    good, bad = Seen(), Seen()
    end = time.monotonic() + seconds
    await asyncio.gather(
        watched(port, end, good),
        *(honest(port, number, pause, end, good) for number in range(clients)),
        *(HOSTILE[number % len(HOSTILE)](port, f"127.2.0.{number + 1}", end, bad) for number in range(hostile)),
    )
    return good, bad


def described(seen: Seen) -> str:
    """The times of one half in a line."""
    times = sorted(seen.times)
    ninth = times[int(len(times) * 0.9)]
    health = statistics.median(seen.health) * 1000
    return (
        f"{len(times)} answers, median {statistics.median(times) * 1000:.0f} ms, 90% {ninth * 1000:.0f} ms, "
        f"/healthz {health:.1f} ms, {dict(seen.statuses)}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60.0, help="of each half")
    parser.add_argument("--clients", type=int, default=64, help="honest ones")
    parser.add_argument("--hostile", type=int, default=5)
    parser.add_argument("--pause", type=float, default=8.0, help="seconds that a person reads an answer, on average")
    parser.add_argument("--port", type=int, help="of a server on this machine; one is started without")
    options = parser.parse_args()
    with serving(options.port) as served:
        asyncio.run(half(served.port, options.clients, 0, 1.0, 3.0))  # what the first requests load is not measured
        alone, _ = asyncio.run(half(served.port, options.clients, 0, options.pause, options.seconds))
        beside, bad = asyncio.run(half(served.port, options.clients, options.hostile, options.pause, options.seconds))
        print("alone: ", described(alone))
        print("beside:", described(beside))
        print("hostile ones:", dict(bad.statuses))
        print(
            f"log {served.log_bytes() / 1e6:.2f} MB, memory {served.memory():.0f} MB, workers replaced {served.restarts()}"
        )
        ratio = statistics.median(beside.times) / statistics.median(alone.times)
        errors = sum(number for seen in (alone, beside) for status, number in seen.statuses.items() if status != "200")
        print(f"errors of honest clients: {errors}; their median time beside hostile ones: {ratio:.2f} ×")
        dead = served.dead
    sys.exit(dead or errors > 0 or ratio > 2)


if __name__ == "__main__":
    main()
