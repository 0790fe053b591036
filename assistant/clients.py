"""Who a request comes from, and how often a client may come: token buckets in a table of bounded size."""

import ipaddress
import math
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from contextvars import ContextVar

_LONGEST = 64  # characters of an address that is none
_CLIENTS = 10_000  # whose buckets are kept; the one not seen for the longest time gives way

# The client of the request being handled; None for one that is not limited.
current_client: ContextVar[str | None] = ContextVar("current_client", default=None)


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
        now = self._clock()
        tokens, at = self._filled.pop(client, (self._burst, now))
        tokens = min(self._burst, tokens + (now - at) * self._rate)
        wait = 0.0 if tokens >= cost else (cost - tokens) / self._rate
        self._filled[client] = (tokens if wait else tokens - cost, now)
        if len(self._filled) > self._size:
            self._filled.popitem(last=False)
        return wait
