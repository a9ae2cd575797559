"""`synclass bench`: measures this machine with what a real class does, and prints the targets."""

import asyncio
import logging
import sys
from pathlib import Path

import click
import msgspec
import structlog

from .benches import board as board_bench
from .benches import district as district_bench
from .benches import fanout, fanout_media, hour, keeping, peers
from .benches import ink as ink_bench
from .benches import log as log_bench
from .benches import record as record_bench
from .benches import seeks as seek_bench
from .benches.region import Size
from .benches.taping import Kind
from .benches.window import Window

Figures = dict[str, float]
TARGETS: Figures = {
    "us_per_command": 10.0,
    "late_join_ms": 100.0,
    "late_join_ratio": 2.0,
    "frame_us_per_client": 25.0,
}


@click.group("bench")
def command() -> None:
    """Figures of this machine; CPU time, medians of several runs."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))


@command.command("log")
@click.option("--json", "only_json", is_flag=True, help="Print the figures as JSON only.")
@click.option("--clients", default=200, type=click.IntRange(1), help="Rooms that listen.")
@click.option("--facts", default=hour.FACTS, type=click.IntRange(1000), help="In the hour.")
@click.option("--ticks", default=200, type=click.IntRange(10), help="Frames sent in a run.")
def log(*, only_json: bool, clients: int, facts: int, ticks: int) -> None:
    """An hour's lesson: a command, a late joiner, a replay, and a frame to each of many rooms."""
    told = log_bench.measure(hour.hour(facts))
    sent = asyncio.run(fanout.measure(clients, ticks=ticks))
    figures: Figures = {
        **{name: round(value, 3) for name, value in msgspec.structs.asdict(told).items()},
        "clients": sent.clients,
        "frame_us_per_client": round(sent.us_per_client, 2),
        "idle_share": round(sent.idle_share, 4),
    }
    if not only_json:
        for name, value in figures.items():
            target = f"   (target < {TARGETS[name]:g})" if name in TARGETS else ""
            click.echo(f"{name:24}{value:>12g}{target}")
    goals = {f"{name}_target": target for name, target in TARGETS.items()}
    click.echo(msgspec.json.encode({**figures, **goals}))


INK_TARGETS: Figures = {  # at most
    **{"bytes_per_point": 1.6, "max_error_px": 0.18},
    **{"wire_kbit_s": 6.5, "archive_kb_per_hour": 150},
}


@command.command("ink")
@click.option("--json", "only_json", is_flag=True, help="Print the figures as JSON only.")
@click.option("--strokes", default=ink_bench.STROKES, type=click.IntRange(1), help="Written.")
@click.option("--seconds", default=20.0, type=click.FloatRange(1.0), help="On a real line.")
def handwriting(*, only_json: bool, strokes: int, seconds: float) -> None:
    """Handwriting in bytes: live, on a line of TLS over TCP, in the archive, and as others do."""
    told = asyncio.run(ink_bench.measure(strokes=strokes, seconds=seconds))
    _tell(msgspec.structs.asdict(told), INK_TARGETS, only_json=only_json)


BOARD_TARGETS: Figures = {"first_paint_ms": 500, "frame_p95_ms": 20, "us_per_op": 10}  # at most


@command.command("board")
@click.option("--json", "only_json", is_flag=True, help="Print the figures as JSON only.")
@click.option("--strokes", default=board_bench.STROKES, type=click.IntRange(1), help="On a page.")
@click.option("--facts", default=board_bench.TWO_HOURS, type=click.IntRange(1000))
def board(*, only_json: bool, strokes: int, facts: int) -> None:
    """A full page and two hours: a late joiner, an op, and a teacher's window in Chromium.

    Where there is no Chromium or no Playwright, what only they can say is null.
    """
    told = msgspec.structs.asdict(asyncio.run(board_bench.measure(strokes=strokes, facts=facts)))
    seen = told.pop("window")
    names = Window.__struct_fields__
    told |= msgspec.structs.asdict(seen) if seen else dict.fromkeys(names)
    _tell(told, BOARD_TARGETS, only_json=only_json)


def _tell(
    figures: dict[str, float | None],
    targets: Figures,
    goals: Figures | None = None,
    *,
    only_json: bool,
) -> None:
    """The figures, which are to be at most, or at least, so much; null is not measured."""
    told = {name: value if value is None else round(value, 3) for name, value in figures.items()}
    least = goals or {}
    if not only_json:
        for name, value in told.items():
            target = f"   (at most {targets[name]:g})" if name in targets else ""
            target = f"   (at least {least[name]:g})" if name in least else target
            click.echo(f"{name:38}{value!s:>12}{target}")
    missed = [name for name, most in targets.items() if (told[name] or 0) > most]
    missed += [name for name, goal in least.items() if (found := told[name]) and found < goal]
    wanted = {"targets": targets} | ({"goals": least} if goals else {})
    click.echo(msgspec.json.encode({**told, **wanted, "missed": missed}))


SEEK_TARGETS: Figures = {"seek_board_ms": 100, "seek_voice_ms": 100}  # at most


@command.command("seek")
@click.option("--json", "only_json", is_flag=True, help="Print the figures as JSON only.")
@click.option("--seconds", default=hour.HOUR, type=click.FloatRange(60.0), help="Of the lesson.")
@click.option("--seeks", default=seek_bench.SEEKS, type=click.IntRange(1))
def seek(*, only_json: bool, seconds: float, seeks: int) -> None:
    """Jumps about in the replay of an hour, in Chromium; null without that or Playwright."""
    told = asyncio.run(seek_bench.measure(seconds=seconds, seeks=seeks))
    names = seek_bench.Told.__struct_fields__
    figures = msgspec.structs.asdict(told) if told else dict.fromkeys(names)
    _tell(figures, SEEK_TARGETS, only_json=only_json)


KINDS: tuple[Kind, ...] = ("voice", "steady", "video")
RECORD_TARGETS: Figures = {  # at most
    **{"ready_s": 1, "steady_ready_s": 1, "video_ready_s": 1},
    **{"audio_board_mb_per_hour": 7.5, "steady_audio_board_mb_per_hour": 7.5},
    **{"board_kb_per_hour": 150, "rss_grown_mb": 4, "seek_ms": 100, "seek_board_ms": 100},
}
RECORD_GOALS: Figures = {"export_x_realtime": 20, "video_export_x_realtime": 8}  # at least


@command.command("record")
@click.option("--json", "only_json", is_flag=True, help="Print the figures as JSON only.")
@click.option("--seconds", default=hour.HOUR, type=click.FloatRange(30.0), help="Of the lesson.")
@click.option("--minutes", default=record_bench.MINUTES, help="Of it made into films.")
@click.option("--seeks", default=seek_bench.SEEKS, type=click.IntRange(0), help="0: none.")
def record(*, only_json: bool, seconds: float, minutes: float, seeks: int) -> None:
    """An hour recorded, signed, packed, jumped about in, and a part of it made into films.

    Takes six minutes of two cores; what is being done is said on stderr.
    """
    told: dict[str, float | None] = {}
    told |= keeping.figures(dict(keeping.measure(KINDS, seconds=seconds, tell=_progress)))
    told["video_mb_per_hour"] = told.pop("video_audio_board_mb_per_hour")
    for before, camera in (("", False), ("video_", True)):
        _progress(f"{minutes:g} minutes {'with a camera ' * camera}as a film")
        film = msgspec.structs.asdict(record_bench.measure(minutes=minutes, camera=camera))
        told |= {f"{before}{name}": value for name, value in film.items()}
    _progress(f"{seeks} jumps in its replay")
    jumps = asyncio.run(seek_bench.measure(seconds=seconds, seeks=seeks)) if seeks else None
    told["seek_ms"] = jumps.seek_voice_ms if jumps else None
    told["seek_board_ms"] = jumps.seek_board_ms if jumps else None
    _tell(told, RECORD_TARGETS, RECORD_GOALS, only_json=only_json)


def _progress(what: str) -> None:
    click.echo(f"... {what}", err=True)


FANOUT_TARGETS: dict[str, Figures] = {  # at most, by the plane
    "c": {"us_per_packet": 2.5, "ratio": 1.6},
    "python": {"us_per_packet": 9.0},
}
ANY_PLANE: Figures = {"lost": 0, "p50": 0.6, "p99": 2.5, "kb_per_subscriber": 100, "join_ms": 20}
GROWTH = [(10, 1), (60, 1), (150, 1), (400, 1), (60, 4)]  # subscribers of a lesson, lessons


@command.command("fanout")
@click.option("--json", "only_json", is_flag=True, help="Print the figures as JSON only.")
@click.option("--subscribers", default=60, type=click.IntRange(1), help="Of each lesson.")
@click.option("--lessons", default=1, type=click.IntRange(1), help="At once, in one worker.")
@click.option("--seconds", default=6.0, type=click.FloatRange(0.5), help="Of measuring.")
@click.option("--plane", type=click.Choice(["c", "python"]), help="The one that is built.")
@click.option("--tape", is_flag=True, help="The publishers are recorded meanwhile.")
@click.option("--grow", is_flag=True, help="10 to 400 subscribers, then four lessons at once.")
def fan(
    *,
    only_json: bool,
    subscribers: int,
    lessons: int,
    seconds: float,
    plane: fanout_media.PlaneName | None,
    tape: bool,
    grow: bool,
) -> None:
    """A publisher of 200 packets a second: what a media worker spends on each that goes out."""
    for many, at_once in GROWTH if grow else [(subscribers, lessons)]:
        setting = fanout_media.Setting(many, at_once, seconds, tape, plane)
        figures = msgspec.structs.asdict(asyncio.run(fanout_media.measure(setting)))
        targets = {**FANOUT_TARGETS[figures["plane"]], **ANY_PLANE}
        found = {**figures, **figures["latency_ms"]}
        figures["targets"] = targets
        figures["missed"] = [name for name, most in targets.items() if found[name] > most]
        if not only_json:
            for name, value in figures.items():
                click.echo(f"{name:24}{value!s:>40}")
        click.echo(msgspec.json.encode(figures))


@command.command("peers")
@click.option("--rtcload", required=True, type=click.Path(path_type=Path), help="Its folder.")
@click.option("--subscribers", "sizes", multiple=True, default=[60], type=click.IntRange(1))
@click.option("--seconds", default=10.0, type=click.FloatRange(0.5), help="Of each measuring.")
def beside(*, rtcload: Path, sizes: tuple[int, ...], seconds: float) -> None:
    """This server and Janus under the same load generator: CPU of each for an outgoing packet."""
    told = asyncio.run(peers.measure(rtcload.resolve(), sorted(sizes), seconds=seconds))
    click.echo(msgspec.json.encode(told))


DISTRICT_TARGETS: Figures = {  # at most
    **dict.fromkeys(("timetable_ms", "dashboard_ms", "search_ms"), 200),
    **dict.fromkeys(("map_ms", "figures_ms", "calendar_ms", "people_ms", "month_ms"), 200),
    **{"import_s": 60, "memory_mb": 1000},
}


@command.command("district")
@click.option("--json", "only_json", is_flag=True, help="Print the figures as JSON only.")
@click.option("--alliances", default=22, type=click.IntRange(1))
@click.option("--schools", default=400, type=click.IntRange(3))
@click.option("--classrooms", default=6000, type=click.IntRange(3))
@click.option("--pupils", default=200_000, type=click.IntRange(1))
def district(*, only_json: bool, **size: int) -> None:
    """A region of schools with a year of lessons: an import, a timetable, a dashboard, a search."""
    with click.progressbar(length=size["pupils"], label="pupils", file=sys.stderr) as bar:
        told = asyncio.run(
            district_bench.measure(Size(**size), lambda done, _: bar.update(done - bar.pos))
        )
    figures = {name: round(v, 2) for name, v in msgspec.structs.asdict(told).items()}
    _tell(figures, DISTRICT_TARGETS, only_json=only_json)
