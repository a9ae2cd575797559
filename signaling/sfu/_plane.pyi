from typing import final

CONTRACT: int

@final
class Plane:
    """See plane.py."""

    def __init__(self, sockets: list[int]) -> None: ...
