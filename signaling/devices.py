"""Classrooms' devices: paired once by an admin, they open the right lesson at the bell."""

import hashlib
import secrets
import time
from datetime import date, datetime

from aiohttp import web
from msgspec import Struct, structs

from synclass.errors import Refused
from synclass.permissions import Scope, scope
from synclass.ports import Device, LessonCard, Registry
from synclass.school.places import Classroom, School
from synclass.school.ringing import Ringing, current, day_of, following
from synclass.school.timetable import week_of
from synclass.tickets import LIFETIME, Paired, Ticket, read, sign
from synclass.words import LessonId, Participant, ParticipantId, Role

from .api import LONGEST_NAME, Admitted, body_of, json_of
from .district import own_school
from .doors import Nothing, door
from .limits import Limiter
from .login import Logins, too_many

COOKIE = "synclass-device"
KEPT = 400 * 86400.0
"""Seconds that a browser keeps the cookie: the most it would (RFC 6265bis §5.5)."""
RENEWED = 300 * 86400.0
"""With less than this left it is written anew, so that a device in use is never forgotten."""
WAIT = 600.0  # seconds that a code on a screen is good for
MOST_WAITING = 500  # devices that wait at once; one more is told to come back
SEEN = 30.0  # seconds between two notes that a device was there


class CodeShown(Struct):
    """What the screen shows for the admin to type."""

    code: str
    seconds: float
    """For which it is good."""


class NextLesson(Struct):
    """A lesson of a classroom's timetable."""

    title: str
    subject: str
    teacher: str
    day: date
    starts: int
    """Minutes after midnight."""
    ends: int


class DeviceStatus(Struct):
    """What a classroom's screen shows."""

    code: str
    """Still to be typed by an admin, "" where the device is paired."""
    classroom: str
    school: str
    wall: float
    """Unix seconds, here."""
    today: date
    now: NextLesson | None = None
    lesson: str = ""
    """Which to enter now, "" where none is open."""
    next: NextLesson | None = None


class Pairing(Struct):
    code: str
    classroom: str


class DeviceShown(Struct):
    """A device as admins see it."""

    id: str
    classroom: str
    room: str
    """The classroom's name."""
    school: str
    by: str
    paired_at: float
    seen_at: float


class DevicesShown(Struct):
    devices: list[DeviceShown]


class Today(Struct, frozen=True):
    """What a classroom has on its timetable, as of now."""

    ringing: Ringing | None
    card: LessonCard | None
    """Of the lesson that rings, where it is open."""
    next: Ringing | None


class Devices:
    def __init__(self, registry: Registry, logins: Logins, *, key: bytes) -> None:
        self._registry, self._logins, self._key = registry, logins, key
        self._asks = Limiter(rate=1 / 30, burst=20)
        self._tries = Limiter(rate=1 / 5, burst=10)

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post("/api/device", self.ask),
            web.get("/api/device", self.status),
            web.post("/api/device/enter", self.enter),
            web.get("/api/devices", self.devices),
            web.post("/api/devices", self.pair),
            web.delete("/api/devices/{device}", self.revoke),
        ]

    @door(open="device.ask", gives=CodeShown, refuses=("slow-down", "busy"))
    async def ask(self, request: web.Request) -> web.Response:
        """A screen asks to be paired: the answer sets its cookie, and has the code to show."""
        now = time.time()
        too_many(self._asks.take(request.remote or "", time.monotonic()))
        if await self._registry.forget_waiting(now - WAIT) >= MOST_WAITING:
            raise Refused("busy", "too many devices wait to be paired: try again in ten minutes")
        secret = secrets.token_urlsafe(24)
        device = await self._shown(Device(secrets.token_hex(5), _hash(secret), "", now))
        response = json_of(CodeShown(device.code, WAIT))
        self._remember(response, Paired(device.id, secret, now + KEPT), secure=request.secure)
        return response

    @door(device="device.read", gives=DeviceStatus)
    async def status(self, request: web.Request) -> web.Response:
        """What the classroom's screen shows: a code, or where it is and what comes next."""
        device, paired = await self._require(request, "device.read")
        now = datetime.now().astimezone()
        said = DeviceStatus(device.code, "", "", now.timestamp(), now.date())
        if not device.code:
            room, school = await self._place(device)
            today = await self._today(room, now)
            said.classroom, said.school = room.name, school.name
            said.now, said.next = await self._next(today.ringing), await self._next(today.next)
            said.lesson = today.card.id if today.card else ""
        response = json_of(said)
        if now.timestamp() - device.seen_at > SEEN:
            await self._registry.see_device(device.id, now.timestamp())
        if paired.expires_at - now.timestamp() < RENEWED:
            again = structs.replace(paired, expires_at=now.timestamp() + KEPT)
            self._remember(response, again, secure=request.secure)
        return response

    @door(device="device.enter", gives=Admitted, refuses=("no-lesson", "not-paired"))
    async def enter(self, request: web.Request) -> web.Response:
        """Into the lesson that rings in this classroom; the ticket is good while it is paired."""
        device, _ = await self._require(request, "device.enter")
        if device.code:
            raise Refused("not-paired", "an admin has still to pair this device")
        room, school = await self._place(device)
        card = (await self._today(room, datetime.now().astimezone())).card
        if card is None:
            raise Refused("no-lesson", "this classroom has no lesson now")
        name = f"{school.name} {room.name}"[:LONGEST_NAME]
        id_ = ParticipantId(f"room-{device.id}")
        holder = Participant(id_, name, Role.CLASSROOM, school.name)
        ends = time.time() + LIFETIME
        ticket = Ticket(card.id, holder, ends, proof=room.id, device=device.id)
        said = Admitted(card.id, sign(ticket, self._key), card.title, card.subject, card.teacher)
        return json_of(said)

    @door(login="device.list", gives=DevicesShown)
    async def devices(self, request: web.Request) -> web.Response:
        """All that are paired; to who looks after one school, those of its classrooms."""
        own = await self._own(request, "device.list")
        devices = await self._registry.devices()
        ids = sorted({device.classroom for device in devices})
        rooms = {room.id: room for room in await self._registry.classrooms(ids=ids)}
        return json_of(
            DevicesShown(
                [
                    DeviceShown(d.id, room.id, room.name, room.school, d.by, d.paired_at, d.seen_at)
                    for d in devices
                    if (room := rooms.get(d.classroom)) and own in ("", room.school)
                ]
            )
        )

    @door(
        login="device.pair",
        takes=Pairing,
        gives=DeviceShown,
        refuses=("wrong-code", "no-classroom", "not-yours", "no-school", "slow-down"),
    )
    async def pair(self, request: web.Request) -> web.Response:
        """The device whose screen shows this code belongs to a classroom from now on."""
        account, reach = await self._logins.require(request, "device.pair")
        own = await own_school(self._registry, account, reach)
        asked = await body_of(request, Pairing)
        room = await self._room(asked.classroom, own)
        too_many(self._tries.wait(account.name, time.monotonic()))
        now = time.time()
        device = await self._registry.device_by_code("".join(asked.code.split()))
        if device is None or device.asked_at < now - WAIT:
            self._tries.take(account.name, time.monotonic())
            raise Refused("wrong-code", "no screen shows this code now")
        who = {"code": "", "classroom": room.id, "paired_at": now, "by": account.name}
        await self._registry.save_device(structs.replace(device, **who))
        await self._registry.note(now, account.name, "device.pair", f"{device.id} {room.id}")
        return json_of(
            DeviceShown(device.id, room.id, room.name, room.school, account.name, now, 0.0)
        )

    @door(login="device.revoke", gives=Nothing, refuses=("not-there", "not-yours", "no-school"))
    async def revoke(self, request: web.Request) -> web.Response:
        """It opens nothing from now on; whatever it has open is closed within a second."""
        account, reach = await self._logins.require(request, "device.revoke")
        own = await own_school(self._registry, account, reach)
        device = await self._registry.device(request.match_info["device"])
        if device is None:
            raise Refused("not-there", "there is no such device")
        if own:
            await self._room(device.classroom, own)
        await self._registry.remove_device(device.id)
        await self._registry.note(time.time(), account.name, "device.revoke", device.id)
        return json_of(Nothing())

    async def _require(self, request: web.Request, action: str) -> tuple[Device, Paired]:
        """The device of the cookie, if it is known; raises Refused("no-device")."""
        if scope(Role.CLASSROOM, action) is Scope.NONE:
            raise Refused("not-allowed", "a classroom may not do this")
        try:
            paired = read(request.cookies.get(COOKIE, ""), Paired, self._key, now=time.time())
        except Refused as error:
            raise Refused("no-device", "this device is not paired") from error
        device = await self._registry.device(paired.device)
        if device is None or not secrets.compare_digest(device.secret, _hash(paired.secret)):
            raise Refused("no-device", "this device is not paired any more")
        if device.code and device.asked_at < time.time() - WAIT:
            raise Refused("no-device", "its code is too old: ask for another")
        return device, paired

    async def _shown(self, device: Device) -> Device:
        """With a code that no other screen shows now."""
        while True:
            coded = structs.replace(device, code=f"{secrets.randbelow(900_000) + 100_000}")
            try:
                await self._registry.save_device(coded)
            except Refused:
                continue
            return coded

    async def _own(self, request: web.Request, action: str) -> str:
        account, reach = await self._logins.require(request, action)
        return await own_school(self._registry, account, reach)

    async def _room(self, id_: str, own: str) -> Classroom:
        rooms = await self._registry.classrooms(ids=[id_])
        if not rooms:
            raise Refused("no-classroom", "there is no such classroom")
        if own and rooms[0].school != own:
            raise Refused("not-yours", "this is another school's classroom")
        return rooms[0]

    async def _place(self, device: Device) -> tuple[Classroom, School]:
        """Where it stands; a classroom that was removed has no device any more."""
        rooms = await self._registry.classrooms(ids=[device.classroom])
        if not rooms:
            raise Refused("no-device", "its classroom was removed")
        return rooms[0], await self._registry.school(rooms[0].school)

    async def _today(self, room: Classroom, now: datetime) -> Today:
        day, minute = now.date(), now.hour * 60 + now.minute
        terms = await self._registry.terms()
        term = next((term for term in terms if week_of(term, day)), None)
        if term is None:
            return Today(None, None, None)
        slots = await self._registry.slots(term.id, rooms=[room.id])
        schools = await self._registry.schools(ids=sorted({slot.school for slot in slots}))
        by_id = {school.id: school for school in schools}
        ringing, card = await self._ringing(day_of(slots, term, day, by_id), day, minute)
        return Today(ringing, card, following(slots, term, day, minute, by_id))

    async def _ringing(
        self, today: list[Ringing], day: date, minute: int
    ) -> tuple[Ringing | None, LessonCard | None]:
        opened = await self._registry.opened(day)
        cards = {
            one.slot.id: await self._registry.lesson(LessonId(opened[one.slot.id]))
            for one in today
            if one.slot.id in opened
        }
        live = {slot for slot, card in cards.items() if card and card.began_at}
        over = {slot for slot, card in cards.items() if card and card.ended_at}
        ringing = current(today, minute, live=live - over, over=over)
        return ringing, cards.get(ringing.slot.id) if ringing else None

    async def _next(self, one: Ringing | None) -> NextLesson | None:
        if one is None:
            return None
        slot, bell = one.slot, one.bell
        names = await self._registry.names({slot.teacher})
        who = names.get(slot.teacher, "")
        return NextLesson(slot.title, slot.subject, who, one.day, bell.starts, bell.ends)

    def _remember(self, response: web.StreamResponse, paired: Paired, *, secure: bool) -> None:
        text = sign(paired, self._key)
        response.set_cookie(
            COOKIE, text, httponly=True, samesite="Strict", secure=secure, max_age=int(KEPT)
        )


def _hash(secret: str) -> str:
    """Of 192 random bits: nothing slower is needed, unlike for a password."""
    return hashlib.sha256(secret.encode()).hexdigest()
