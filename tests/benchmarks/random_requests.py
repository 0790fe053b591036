"""Random requests to every route of a served process: ``python tests/benchmarks/random_requests.py --count 100000``.

Sends requests made of what each route takes, of what it does not, and of what is no HTTP, and reports answers of 500
and above (503 apart, which says that it is busy), connections that were dropped, what took too long, and
whether the process or one of its workers died. The exit status is 1 when there was any. A seed makes a run repeatable.
"""

import argparse
import json
import random
import socket
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).resolve().parent))

from served import Served, serving

Rng = random.Random

TEXTS = (
    "智能工厂改造能补多少?", "投了1800万呢?", "补贴", "首台套", '"协同创新" 成都', "哪些城市对绿色工厂有补贴", "3.5%", "",
    "What subsidy is there for smart factory retrofit?", "2021-04-01", "0001-01-01", "9999-12-31", "昨天", "成都", "三明",
    "chengdu-2020-chain-stabilising#四.(八)", "chengdu-2020-chain-stabilising", "yuan", "zh", "en", "up", "down", "小型",
    "\0", "\ufeff", "\u202e", "😀" * 20, "ﷺ" * 30, "一" * 2001, "=1+1", "<script>alert(1)</script>", "' or 1=1 --",
    "../../etc/passwd", "%00", "投了1亿亿亿亿元", "1e-999999999", "NaN", "-1", "１２３", "明年", "去年", "a" * 300, "补" * 1999,
)  # fmt: skip
NUMBERS = (0, 1, -1, 2, 7, 200, 201, 10**9, 10**15, 10**30, 0.1, -0.0, 1e308, 1e-300, 18000000)
NAMES = (
    "question", "state", "history", "as_of", "region", "id", "exchanges", "clause_ids", "clause_id", "facts", "rule",
    "start", "end", "fact", "value", "unit", "was", "edited", "text", "document", "department", "part", "kind",
    "has_money", "in_force_on", "sort", "page", "page_size", "size", "industry", "revenue", "rent", "projects", "name",
    "investment", "sales", "customer", "amount", "tax", "rating", "comment", "status", "language", "answer_id",
    "fields", "seen", "answer", "values", "number", "lang", "turns", "follow_ups", "helpful", "clause", "citations",
)  # fmt: skip
CALLS = ("open", "ask", "show", "recompute", "context", "document", "search", "checkup", "thumb", "none")
TOOLS = ("ask_policy", "search_clauses", "get_clause", "calculate_subsidy", "match_profile", "none")
POSTS = ("/api/ask", "/api/calculate", "/api/match", "/api/search", "/api/feedback")
PATHS = (
    "/", "/healthz", "/readyz", "/metrics", "/docs", "/docs/start.js", "/docs/none", "/openapi.json", "/widget.js",
    "/widget", "/widget/panel.js", "/widget/none", "/api", "/api/", "/api/search", "/api/documents", "/api/rules",
    "/api/clauses/chengdu-2020-chain-stabilising%23%E5%9B%9B.(%E5%85%AB)", "/api/documents/none", "/api/none", "/mcp",
    "/mcp/", "/theme.css", "/favicon.ico", "/assets/none.js", "/static/../x", "/config", "/gradio_api/upload",
    "/gradio_api/info", "/gradio_api/queue/join", "/gradio_api/queue/data", "/gradio_api/call/ask", "/gradio_api/run/ask",
    "/gradio_api/file=/etc/passwd", "/gradio_api/proxy=http://127.0.0.1/", "/gradio_api/heartbeat/x", "/monitoring",
    "/gradio_api/component_server", "/export/clauses.csv", "/export/clauses.xlsx", "/export/clauses.docx", "/robots.txt",
)  # fmt: skip
METHODS = ("GET", "GET", "GET", "POST", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "BREW")
TYPES = ("application/json", "application/json; charset=utf-8", "text/plain", "multipart/form-data; boundary=b", "")


# ── what is sent ──


def value(rng: Rng, depth: int = 0) -> Any:
    """Anything that JSON can say."""
    kind = rng.random()
    if kind < 0.35:
        return rng.choice(TEXTS)
    if kind < 0.55:
        return rng.choice(NUMBERS)
    if kind < 0.65 or depth > 4:
        return rng.choice((None, True, False))
    if kind < 0.8:
        return [value(rng, depth + 1) for _ in range(rng.randrange(4))]
    return {rng.choice(NAMES): value(rng, depth + 1) for _ in range(rng.randrange(6))}


def fitting(rng: Rng, path: str) -> dict[str, Any]:
    """What a route takes, as often as not with something in it that it does not."""
    text = rng.choice(TEXTS)
    made: dict[str, dict[str, Any]] = {
        "/api/ask": {"question": text, "history": [rng.choice(TEXTS) for _ in range(rng.randrange(3))]},
        "/api/calculate": {
            "clause_id": "chengdu-2020-chain-stabilising#四.(八)",
            "facts": [{"fact": "项目投入", "value": str(rng.choice(NUMBERS)), "unit": "yuan"}],
        },
        "/api/match": {"region": "成都", "projects": [{"name": text, "investment": rng.choice(NUMBERS)}]},
        "/api/search": {"text": text, "page": rng.choice((1, 2, 0, 10**6))},
        "/api/feedback": {"question": text, "rating": "up", "comment": rng.choice(TEXTS)},
    }
    body = made[path]
    if rng.random() < 0.5:
        body[rng.choice(NAMES)] = value(rng)
    return body


def page_call(rng: Rng) -> Any:
    """A call of the page."""
    data: Any = value(rng) if rng.random() < 0.5 else {"question": rng.choice(TEXTS), "number": 0, "lang": "zh"}
    if rng.random() < 0.3:
        data = {"fields": {rng.choice(NAMES): value(rng, 3)}, "page": 1}
    return {"fn_name": rng.choice(CALLS), "data": data, "component_id": 1, "session_hash": "x"}


def tool_call(rng: Rng) -> Any:
    """A call of an MCP tool."""
    arguments = {"question": rng.choice(TEXTS)} if rng.random() < 0.4 else value(rng)
    method = rng.choice(("tools/call", "tools/call", "tools/list", "initialize", "ping", "none"))
    return {"jsonrpc": "2.0", "id": 1, "method": method, "params": {"name": rng.choice(TOOLS), "arguments": arguments}}


def request(method: str, target: str, body: bytes = b"", headers: tuple[str, ...] = ()) -> bytes:
    """A request as it is sent."""
    lines = [f"{method} {target} HTTP/1.1", "Host: fuzz", *headers]
    if body or method in ("POST", "PUT", "PATCH"):
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join(lines).encode("utf-8", "replace") + b"\r\n\r\n" + body


def json_request(rng: Rng) -> bytes:
    """A body to a route that takes one."""
    headers = ["Content-Type: application/json", "Accept: application/json, text/event-stream"]
    chosen = rng.random()
    if chosen < 0.5:
        path = rng.choice(POSTS)
        content: Any = fitting(rng, path)
    elif chosen < 0.8:
        path, content = "/gradio_api/component_server/", page_call(rng)
    else:
        path, content = "/mcp", tool_call(rng)
    if rng.random() < 0.15:
        content = value(rng)
    body = json.dumps(content, ensure_ascii=rng.random() < 0.2).encode("utf-8", "surrogatepass")
    if rng.random() < 0.1:
        body = damaged(rng, body)
    if rng.random() < 0.05:
        headers[0] = f"Content-Type: {rng.choice(TYPES)}"
    return request("POST", path, body, tuple(headers))


def any_request(rng: Rng) -> bytes:
    """Any method at any address."""
    path = rng.choice(PATHS)
    if rng.random() < 0.3:
        path += "/" + quote(rng.choice(TEXTS)[:50])
    if rng.random() < 0.5:
        path += "?" + "&".join(
            f"{rng.choice(NAMES)}={quote(rng.choice(TEXTS)[:100])}" for _ in range(rng.randrange(1, 4))
        )
    method = rng.choice(METHODS)
    return request(method, path, b"{}" if method in ("POST", "PUT", "PATCH") and rng.random() < 0.5 else b"")


def odd_request(rng: Rng) -> bytes:
    """An unusual address, or what is no HTTP."""
    if rng.random() < 0.5:
        targets = (
            "*",
            "//",
            "//x/",
            "http://x/healthz",
            "http://x",
            "x",
            "?a",
            "/%00",
            "/%ff%fe",
            "/%",
            "/..",
            "/./x",
            "/" + "a" * 9000,
        )
        return request(rng.choice(METHODS), rng.choice(targets))
    return damaged(rng, rng.choice((any_request, json_request))(rng))


def damaged(rng: Rng, content: bytes) -> bytes:
    """Bytes with some of them changed, left out or doubled."""
    parts = bytearray(content)
    for _ in range(rng.randrange(1, 6)):
        place = rng.randrange(len(parts) + 1)
        change = rng.random()
        if change < 0.4 and place < len(parts):
            parts[place] = rng.randrange(256)
        elif change < 0.7:
            del parts[place : place + rng.randrange(10)]
        else:
            parts[place:place] = parts[place : place + rng.randrange(20)]
    return bytes(parts)


MAKERS: tuple[Callable[[Rng], bytes], ...] = (
    json_request,
    json_request,
    json_request,
    any_request,
    any_request,
    odd_request,
)


# ── what comes back ──


@dataclass
class Findings:
    """What came back from all requests."""

    statuses: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    slowest: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, status: str, seconds: float, sent: bytes, limit: float) -> None:
        """Count an answer; keep what is a fault."""
        fault = ""
        if status.startswith("5") and status != "503":
            fault = f"status {status}"
        elif status == "refused":
            fault = "no connection"
        elif seconds > limit:
            fault = f"{seconds:.1f} s"
        with self.lock:
            self.statuses[status] += 1
            self.slowest = max(self.slowest, seconds)
            if fault and len(self.faults) < 20:
                self.faults.append(f"{fault}: {sent[:300]!r}")


def send(port: int, content: bytes, limit: float) -> str:
    """The status of the answer; "closed" without one, "refused" without a connection."""
    try:
        connection = socket.create_connection(("127.0.0.1", port), limit)
    except OSError:
        return "refused"
    with connection:
        received = b""
        try:
            connection.sendall(content)
            while b"\r\n" not in received and (part := connection.recv(4096)):
                received += part
        except TimeoutError:
            return "late"
        except OSError:
            pass
        return received[9:12].decode("latin-1") or "closed"


def fuzz(port: int, count: int, seed: int, threads: int = 8, limit: float = 35.0) -> Findings:
    """Send ``count`` random requests, each with ``limit`` seconds; stop when nothing listens any more."""
    findings = Findings()

    def run(number: int) -> None:
        rng = random.Random(f"{seed}.{number}")
        for _ in range(number, count, threads):
            if findings.statuses["refused"] > 10:
                return
            content = rng.choice(MAKERS)(rng)
            began = time.perf_counter()
            status = send(port, content, limit + 5)
            findings.note(status, time.perf_counter() - began, content, limit)

    running = [threading.Thread(target=run, args=(number,)) for number in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    return findings


def report(served: Served, findings: Findings, seconds: float) -> bool:
    """Print what came of it; whether all was well."""
    print(f"{sum(findings.statuses.values()):,} requests in {seconds:.0f} s, slowest {findings.slowest:.2f} s")
    print(", ".join(f"{status}: {number:,}" for status, number in sorted(findings.statuses.items())))
    print(f"log {served.log_bytes() / 1e6:.2f} MB, memory {served.memory():.0f} MB")
    faults = list(findings.faults)
    if served.dead:
        faults.append("the process died")
    if served.restarts():
        faults.append(f"{served.restarts()} workers were replaced")
    if served.log is not None and "Traceback" in served.log.read_text(encoding="utf-8", errors="replace"):
        faults.append("there is a traceback in the log")
    for fault in faults:
        print("FAULT", fault)
    return not faults


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=100_000, help="requests")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=8)
    parser.add_argument("--limit", type=float, default=35.0, help="seconds that a request may take")
    parser.add_argument("--port", type=int, help="of a server on this machine; one is started without")
    options = parser.parse_args()
    # A request that was cut short is told so after these seconds.
    with serving(options.port, POLICY_HEADER_TIMEOUT="1", POLICY_BODY_TIMEOUT="1") as served:
        began = time.monotonic()
        findings = fuzz(served.port, options.count, options.seed, options.threads, options.limit)
        well = report(served, findings, time.monotonic() - began)
        if not well and served.log is not None:
            print(f"end of the log:\n{served.log.read_text(encoding='utf-8', errors='replace')[-3000:]}")
    sys.exit(not well)


if __name__ == "__main__":
    main()
