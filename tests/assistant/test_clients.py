"""Who counts as one client, and how often it may come."""

import pytest

from assistant.serving.clients import Buckets, Proxies, client_of


class Clock:
    """A clock that the test sets."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_bucket_gives_its_burst_and_then_its_rate() -> None:
    clock = Clock()
    buckets = Buckets(rate=2, burst=5, clock=clock)
    assert [buckets.take("a") for _ in range(5)] == [0] * 5
    assert buckets.take("a") == 0.5  # s until the next
    clock.now = 0.5
    assert (buckets.take("a"), buckets.take("a")) == (0, 0.5)
    clock.now = 1000
    assert [bool(buckets.take("a")) for _ in range(6)] == [False] * 5 + [True]


def test_what_turned_out_to_cost_more_is_paid_afterwards_up_to_a_burst() -> None:
    clock = Clock()
    buckets = Buckets(rate=1, burst=10, clock=clock)
    buckets.take("a")
    buckets.owe("a", 12)
    assert buckets.take("a") == 4
    buckets.owe("a", 10**9)
    assert buckets.take("a") == 11
    clock.now = 11
    assert buckets.take("a") == 0


def test_one_client_takes_nothing_of_another() -> None:
    buckets = Buckets(rate=1, burst=1, clock=Clock())
    assert [buckets.take(client) for client in ("a", "b", "a")] == [0, 0, 1]


def test_the_table_of_clients_is_bounded_and_forgets_who_was_away_longest() -> None:
    buckets = Buckets(rate=1, burst=1, size=3, clock=Clock())
    for client in ("kept", "1", "kept", "2", "3", "4"):
        buckets.take(client)
    assert len(buckets) == 3
    many = Buckets(rate=1, burst=1)
    for number in range(50_000):
        many.take(f"10.{number // 65536}.{number // 256 % 256}.{number % 256}")
    assert len(many) == 10_000


@pytest.mark.parametrize(
    ("address", "client"),
    [
        ("203.0.113.5", "203.0.113.5"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("::ffff:203.0.113.5", "203.0.113.5"),
        ("fe80::1%eth0", "fe80::/64"),
        ("unknown", "unknown"),
        ("x" * 5000, "x" * 64),
    ],
)
def test_a_customer_of_a_network_is_one_client(address: str, client: str) -> None:
    assert client_of(address) == client


def test_proxies_are_named_by_address_network_or_all() -> None:
    named = Proxies(["127.0.0.1", "10.1.0.0/16", "2001:db8::/32", "socket"])
    assert [address in named for address in ("127.0.0.1", "10.1.2.3", "2001:db8::7", "socket")] == [True] * 4
    assert [address in named for address in ("127.0.0.2", "10.2.0.1", "", "elsewhere")] == [False] * 4
    anybody = Proxies(["*"])
    assert (anybody.believes("203.0.113.5"), "203.0.113.5" in anybody) == (True, False)
