"""On a line up that carries no picture the voice is alone, and a picture is tried now and then."""

from signaling.sfu.relief import FIRST_REST, LONGEST_REST, PATIENCE, PROVED, Relief


class Line:
    """Looked at twice a second."""

    def __init__(self) -> None:
        self.relief, self.now = Relief(), 0.0

    def look(self, *, hopeless: bool) -> bool:
        self.now += 0.5
        self.relief.look(self.now, hopeless=hopeless)
        return self.relief.on

    def until(self, *, on: bool, hopeless: bool) -> float:
        """Seconds until it is so."""
        began = self.now
        while self.look(hopeless=hopeless) is not on:
            assert self.now - began < 200
        return self.now - began


def test_a_line_that_is_full_for_a_moment_keeps_its_picture() -> None:
    line = Line()
    for _ in range(20):
        assert not line.look(hopeless=True)
        assert not line.look(hopeless=False)


def test_a_line_that_the_least_picture_fills_is_left_to_the_voice() -> None:
    line = Line()
    assert line.until(on=True, hopeless=True) == PATIENCE + 0.5


def test_each_try_that_fails_makes_the_next_one_rarer() -> None:
    line, rests = Line(), []
    for _ in range(5):
        line.until(on=True, hopeless=True)
        rests.append(line.until(on=False, hopeless=False))
    assert rests == [FIRST_REST, 2 * FIRST_REST, 4 * FIRST_REST, LONGEST_REST, LONGEST_REST]


def test_a_picture_that_flowed_for_a_while_makes_all_good() -> None:
    line = Line()
    for _ in range(4):
        line.until(on=True, hopeless=True)
        line.until(on=False, hopeless=False)
    for _ in range(int(2 * PROVED) + 2):
        line.look(hopeless=False)
    line.until(on=True, hopeless=True)
    assert line.until(on=False, hopeless=False) == FIRST_REST
