"""Who a request comes from, and how often a client may come: token buckets in a table of bounded size."""

import ipaddress
import math
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from dataclasses import dataclass

_LONGEST = 64  # characters of an address that is none
_CLIENTS = 10_000  # whose buckets are kept; the one not seen for the longest time gives way


@dataclass(slots=True)
class Caller:
    """The client of a request that is being handled, and the seconds that were worked for it."""

    client: str
    worked: float = 0.0


# Of the request being handled; None for one that is not limited.
current_caller: ContextVar[Caller | None] = ContextVar("current_caller", default=None)


def charge(seconds: float) -> None:
    """Note that so many seconds were worked for the request being handled."""
    caller = current_caller.get()
    if caller is not None:
        caller.worked += seconds


class TooOften(Exception):
    """A client asks more often than it may; ``seconds`` until it may again."""

    def __init__(self, seconds: float, may: str) -> None:
        self.seconds = math.ceil(seconds)
        super().__init__(f"Too many requests: {may}; try again in {self.seconds} s.")


def client_of(address: str) -> str:
    """What counts as one client: an IPv4 address, or the /64 of an IPv6 address, which is given to one customer."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address[:_LONGEST]
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None:
            return str(ip.ipv4_mapped)
        return str(ipaddress.ip_network((ip, 64), strict=False))
    return str(ip)


def is_address(text: str) -> bool:
    """Whether a text is an IP address."""
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


class Proxies:
    """The reverse proxies whose word on where a request comes from is believed: addresses, networks, or * for any."""

    def __init__(self, named: Iterable[str]) -> None:
        named = tuple(named)
        self._any = "*" in named
        self._names = frozenset(named)
        self._networks = tuple(network for name in named if (network := _network(name)) is not None)

    def believes(self, address: str) -> bool:
        """Whether what this peer says is believed."""
        return self._any or address in self

    def __contains__(self, address: str) -> bool:
        """Whether an address is that of a proxy. Where any peer is believed, none is known to be one."""
        try:
            ip = ipaddress.ip_address(address)
        except ValueError:
            return address in self._names
        return any(ip in network for network in self._networks)


def _network(name: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network | None:
    try:
        return ipaddress.ip_network(name, strict=False)
    except ValueError:
        return None


class Buckets:
    """A bucket for each client: ``burst`` tokens when full, ``rate`` more a second."""

    def __init__(
        self, rate: float, burst: float, size: int = _CLIENTS, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._rate = rate
        self._burst = burst
        self._size = size
        self._clock = clock
        self._filled: OrderedDict[str, tuple[float, float]] = OrderedDict()  # tokens, and when they were counted

    def __len__(self) -> int:
        return len(self._filled)

    def take(self, client: str, cost: float = 1.0) -> float:
        """Take tokens; 0 when they were there, else the seconds until they will be."""
        tokens = self._tokens(client)
        wait = 0.0 if tokens >= cost else (cost - tokens) / self._rate
        self._set(client, tokens if wait else tokens - cost)
        return wait

    def owe(self, client: str, cost: float) -> None:
        """Take tokens afterwards, whether they are there or not; what is owed is at most a burst."""
        self._set(client, max(-self._burst, self._tokens(client) - cost))

    def _tokens(self, client: str) -> float:
        now = self._clock()
        tokens, at = self._filled.get(client, (self._burst, now))
        return min(self._burst, tokens + (now - at) * self._rate)

    def _set(self, client: str, tokens: float) -> None:
        self._filled[client] = (tokens, self._clock())
        self._filled.move_to_end(client)
        if len(self._filled) > self._size:
            self._filled.popitem(last=False)
