"""What an alliance writes down over HTTP: policies, who has read them, trainings, who came."""

import secrets
import time

from aiohttp import web
from msgspec import Struct, structs

from synclass.errors import Refused
from synclass.postclass.homework import plain
from synclass.school.alliance import (
    MOST_EVENTS,
    Attendee,
    Policy,
    Reading,
    Training,
    check_policy,
    check_training,
)

from .api import body_of, json_of, seen_version
from .doors import Nothing, door
from .membership import MEMBER, Member, Members

CHANGES = (*MEMBER, "not-leading", "bad-text", "changed-meanwhile", "not-there", "taken")


class Policies(Struct):
    policies: list[Policy]
    """All versions, the newest first."""
    readings: list[Reading]


class NewPolicy(Struct):
    title: str
    text: str
    id: str = ""
    number: int = 0
    """The version that was seen; 0 for a new one."""


class ReadNow(Struct):
    number: int


class Trainings(Struct):
    trainings: list[Training]
    attendees: list[Attendee]
    me: str
    """One's own account, as attendees have it."""


class NewTraining(Struct):
    title: str
    about: str
    place: str
    starts_at: float
    seats: int = 0
    id: str = ""
    version: int = 0


class Coming(Struct):
    coming: bool


class Came(Struct):
    account: str
    came: bool


class Commons(Members):
    def routes(self) -> list[web.RouteDef]:
        policies = "/api/alliances/{alliance}/policies"
        trainings = "/api/alliances/{alliance}/trainings"
        return [
            web.get(policies, self.policies),
            web.post(policies, self.save_policy),
            web.post(f"{policies}/{{policy}}/read", self.have_read),
            web.get(trainings, self.trainings),
            web.post(trainings, self.save_training),
            web.delete(f"{trainings}/{{training}}", self.remove_training),
            web.post(f"{trainings}/{{training}}/register", self.register),
            web.post(f"{trainings}/{{training}}/came", self.note_who_came),
        ]

    @door(login="alliance.read", gives=Policies, refuses=MEMBER)
    async def policies(self, request: web.Request) -> web.Response:
        """Each with its versions, and who of which school has read which."""
        member = await self.member(request, "alliance.read")
        return json_of(await self._policies(member))

    @door(
        login="alliance.save",
        takes=NewPolicy,
        gives=Policies,
        refuses=(*CHANGES, "too-many", "too-many-versions"),
    )
    async def save_policy(self, request: web.Request) -> web.Response:
        """A new one, or a new version on top of the one that was seen."""
        member = await self.leading(request)
        asked = await body_of(request, NewPolicy)
        title, text = " ".join(plain(asked.title).split()), plain(asked.text)
        check_policy(title, text)
        if asked.number and not asked.id:
            raise Refused("not-there", "a version is of a policy with an id")
        id_ = asked.id if asked.number else secrets.token_hex(6)
        by = member.account.shown
        policy = Policy(id_, member.alliance.id, 0, title, text, by, time.time())
        await self._registry.save_policy(asked.number, policy)
        await self._note(member, "alliance.policy", title)
        return json_of(await self._policies(member))

    @door(
        login="alliance.join",
        takes=ReadNow,
        gives=Policies,
        refuses=(*MEMBER, "no-school", "not-there"),
    )
    async def have_read(self, request: web.Request) -> web.Response:
        """Say for one's school that one has read a version."""
        member = await self.member(request, "alliance.join")
        asked, school = await body_of(request, ReadNow), member.at_home()
        id_, account = request.match_info["policy"], member.account
        ours = await self._registry.policies(member.alliance.id)
        if not any((one.id, one.number) == (id_, asked.number) for one in ours):
            raise Refused("not-there", "there is no such version of a policy")
        who = account.name, account.shown, school.id
        await self._registry.note_reading(Reading(id_, asked.number, *who, time.time()))
        await self._note(member, "alliance.read", f"{id_} {asked.number}")
        return json_of(await self._policies(member))

    @door(login="alliance.read", gives=Trainings, refuses=MEMBER)
    async def trainings(self, request: web.Request) -> web.Response:
        """Each with who has registered, and who came."""
        member = await self.member(request, "alliance.read")
        return json_of(await self._trainings(member))

    @door(
        login="alliance.save",
        takes=NewTraining,
        gives=Trainings,
        refuses=(*CHANGES, "bad-moment", "bad-number", "too-many"),
    )
    async def save_training(self, request: web.Request) -> web.Response:
        member = await self.leading(request)
        asked = await body_of(request, NewTraining)
        if asked.version:
            await self._training(member, asked.id)
        elif len(await self._registry.trainings(member.alliance.id)) >= MOST_EVENTS:
            raise Refused("too-many", f"an alliance has at most {MOST_EVENTS} trainings")
        training = Training(
            asked.id if asked.version else secrets.token_hex(6),
            member.alliance.id,
            *(" ".join(plain(asked.title).split()), plain(asked.about), plain(asked.place)),
            *(asked.starts_at, asked.seats, asked.version),
        )
        check_training(training, time.time())
        await self._registry.put(training)
        await self._note(member, "alliance.training", training.title)
        return json_of(await self._trainings(member))

    @door(
        login="alliance.save",
        gives=Nothing,
        asks={"version": int},
        refuses=(*CHANGES, "in-use", "malformed"),
    )
    async def remove_training(self, request: web.Request) -> web.Response:
        """And who had registered for it."""
        member, version = await self.leading(request), seen_version(request)
        training = await self._training(member, request.match_info["training"])
        await self._registry.remove(Training, training.id, version)
        await self._note(member, "alliance.training", training.title)
        return json_of(Nothing())

    @door(
        login="alliance.join",
        takes=Coming,
        gives=Trainings,
        refuses=(*MEMBER, "no-school", "not-there", "not-now", "full"),
    )
    async def register(self, request: web.Request) -> web.Response:
        """Register oneself until it begins, or take it back."""
        member = await self.member(request, "alliance.join")
        asked, school, account = await body_of(request, Coming), member.at_home(), member.account
        training = await self._training(member, request.match_info["training"])
        if training.starts_at < time.time():
            raise Refused("not-now", "this training has begun")
        if asked.coming:
            who = training.id, account.name, account.shown, school.id
            await self._registry.attend(Attendee(*who, time.time()))
        else:
            await self._registry.stay_away(training.id, account.name)
        await self._note(member, "alliance.register", training.title)
        return json_of(await self._trainings(member))

    @door(login="alliance.save", takes=Came, gives=Trainings, refuses=(*CHANGES, "full"))
    async def note_who_came(self, request: web.Request) -> web.Response:
        """Of those who had registered."""
        member = await self.leading(request)
        asked = await body_of(request, Came)
        training = await self._training(member, request.match_info["training"])
        registered = await self._registry.attendees(member.alliance.id)
        for one in registered:
            if (one.training, one.account) == (training.id, asked.account):
                await self._registry.attend(structs.replace(one, came=asked.came))
                await self._note(member, "alliance.came", f"{training.title} {one.shown}")
                return json_of(await self._trainings(member))
        raise Refused("not-there", "they have not registered for this training")

    async def _policies(self, member: Member) -> Policies:
        of = member.alliance.id
        return Policies(await self._registry.policies(of), await self._registry.readings(of))

    async def _trainings(self, member: Member) -> Trainings:
        of = member.alliance.id
        events, who = await self._registry.trainings(of), await self._registry.attendees(of)
        return Trainings(events, who, member.account.name)

    async def _training(self, member: Member, id_: str) -> Training:
        training = await self._registry.training(id_)
        if training is None or training.alliance != member.alliance.id:
            raise Refused("not-there", "there is no such training")
        return training
