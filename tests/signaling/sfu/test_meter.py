"""What a layer costs."""

from dataclasses import dataclass

import pytest

from signaling.sfu.meter import FADE, HEADERS, Meter, given, parts


@dataclass
class Layer:
    packets: int = 0
    octets: int = 0

    def send(self, bps: float, seconds: float, *, size: int = 1000) -> None:
        number = round(bps * seconds / 8 / (size + HEADERS))
        self.packets += number
        self.octets += number * size


def run(meter: Meter, layer: Layer, bps: float, since: float, until: float) -> None:
    now = since
    while now < until:
        layer.send(bps, 0.25)
        now += 0.25
        meter.look(layer, now)


def test_a_layer_not_seen_yet_costs_what_it_was_given() -> None:
    assert Meter(given("f")).bps == 1_500_000
    assert given("q") < given("h") == given("") == given("x")


def test_a_layer_costs_what_it_sends() -> None:
    meter, layer = Meter(1_500_000), Layer()
    run(meter, layer, 800_000, 0.0, 2.0)
    assert meter.bps == pytest.approx(800_000, rel=0.05)
    run(meter, layer, 1_200_000, 2.0, 2.0 + 3 * FADE)
    assert meter.bps == pytest.approx(1_200_000, rel=0.06)


def test_a_key_frame_is_not_the_rate() -> None:
    meter, layer = Meter(500_000), Layer()
    run(meter, layer, 400_000, 0.0, 5.0)
    layer.send(1_600_000, 0.25)
    run(meter, layer, 400_000, 5.0, 5.25)
    assert meter.bps < 650_000


def test_a_paused_layer_costs_what_it_did() -> None:
    meter, layer = Meter(500_000), Layer()
    run(meter, layer, 400_000, 0.0, 5.0)
    run(meter, layer, 0, 5.0, 5.75)
    low = meter.bps
    run(meter, layer, 0, 6.0, 60.0)
    assert meter.bps >= 0.6 * low > 0
    run(meter, layer, 400_000, 60.0, 61.0)
    assert meter.bps > low * 0.9


def test_a_still_screen_costs_little_and_a_turned_page_is_not_a_film() -> None:
    meter, layer = Meter(500_000, bursty=True), Layer()
    run(meter, layer, 1_000_000, 0.0, 10.0)
    run(meter, layer, 0, 10.0, 40.0)
    assert meter.bps < 20_000
    run(meter, layer, 1_200_000, 40.0, 40.5)
    assert meter.bps < 200_000


def test_fewer_frames_cost_less() -> None:
    assert parts(1000, 1) == [1000]
    assert parts(1000, 3) == [500, 650, 1000]
    assert parts(1000, 9) == [1000], "what we do not know is not left out"
