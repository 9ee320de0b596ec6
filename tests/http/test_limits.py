"""Buckets and slots, on a clock that only moves when told."""

from drs_mcp.http import limits
from drs_mcp.http.limits import Rate, Slots


def test_a_bucket_holds_a_burst_and_fills_again(clock):
    rate = Rate(per_minute=60, burst=3, clock=clock)
    assert [rate.take("alice") for _ in range(4)] == [0, 0, 0, 1]
    clock.forward(0.25)
    assert rate.take("alice") == 0.75
    clock.forward(0.75)
    assert rate.take("alice") == 0
    clock.forward(3600)  # an hour's rest is worth a burst, no more
    assert [rate.take("alice") for _ in range(4)] == [0, 0, 0, 1]


def test_each_caller_has_a_bucket_of_its_own(clock):
    rate = Rate(per_minute=1, burst=1, clock=clock)
    assert rate.take("alice") == rate.take("bob") == 0
    assert rate.take("alice") == 60


def test_a_refused_request_costs_nothing(clock):
    rate = Rate(per_minute=60, burst=1, clock=clock)
    rate.take("alice")
    for _ in range(100):
        assert rate.take("alice") > 0
    clock.forward(1)
    assert rate.take("alice") == 0


def test_many_callers_do_not_fill_memory_and_nobody_gains_by_it(clock, monkeypatch):
    monkeypatch.setattr(limits, "_MANY", 10)
    rate = Rate(per_minute=60, burst=2, clock=clock)
    rate.take("alice")
    clock.forward(0.5)
    for number in range(1000):
        rate.take(f"caller-{number}")
        clock.forward(1)
        rate.take("alice")
    assert len(rate._buckets) <= 11
    rate.take("alice")
    assert rate.take("alice") > 0


def test_slots_are_counted_for_all_and_for_each():
    slots = Slots(total=3, each=2)
    slots.take("alice")
    slots.take("alice")
    assert slots.full_for("alice")
    assert not slots.full
    slots.take("bob")
    assert slots.full
    slots.release("alice")
    assert not slots.full_for("alice")
    for name in ("alice", "bob"):
        slots.release(name)
    assert not slots._taken


def test_who_only_asks_how_long_to_wait_takes_nothing(clock):
    rate = Rate(per_minute=60, burst=1, clock=clock)
    assert [rate.wait("alice") for _ in range(3)] == [0, 0, 0]
    rate.take("alice")
    assert rate.wait("alice") == 1
    assert rate.wait("bob") == 0


def test_buckets_of_many_who_all_took_something_do_not_fill_memory(clock, monkeypatch):
    monkeypatch.setattr(limits, "_MANY", 10)
    rate = Rate(per_minute=60, burst=20, clock=clock)
    for _ in range(20):
        rate.take("flood")
    for number in range(1000):
        rate.take(f"address-{number}")
    assert len(rate._buckets) <= 11
    assert rate.wait("flood") > 0  # the emptiest are kept: nobody is let off by a crowd
