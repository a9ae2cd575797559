"""Who may do what to what, and when: one table, and deny by default.

An action is the tag of a command or a glimpse, or the name of an HTTP door; or to see a fact or
a glimpse, whose row is "see" and its tag.  Everything that can be asked or seen of synclass has a
row here; a test fails where something has none.  Who has no account and no ticket is nobody:
nobody comes through the open doors only.
"""

from collections.abc import Mapping
from enum import IntEnum

from msgspec import Struct

from .errors import Refused
from .words import Role, Stage


class Scope(IntEnum):
    """How far a right reaches."""

    NONE = 0
    OWN = 1
    """One's own: hand, strokes, words, place on the stage, the lessons one gives."""
    SCHOOL = 2
    """What is one's own school's, beside one's own."""
    ALL = 3


class Rule(Struct, frozen=True):
    may: Mapping[Role, Scope]
    when: frozenset[Stage] = frozenset(Stage)
    open: bool = False
    """Nobody may, too."""
    district: bool = False
    """Not for those who look after one school only."""


T, CO, ROOM, PATROL, ADMIN, GUEST, SYSTEM = (
    Role.TEACHER,
    Role.CO_TEACHER,
    Role.CLASSROOM,
    Role.PATROL,
    Role.ADMIN,
    Role.GUEST,
    Role.SYSTEM,
)
BEFORE_BELL = frozenset({Stage.PRECLASS})
IN = frozenset({Stage.INCLASS})
FROM_BELL = frozenset({Stage.INCLASS, Stage.POSTCLASS})
BEFORE_END = frozenset({Stage.PRECLASS, Stage.INCLASS})
ANYONE = {role: Scope.OWN for role in (T, CO, ROOM, PATROL, ADMIN, GUEST)}
PEOPLE = {T: Scope.ALL, CO: Scope.OWN, ROOM: Scope.OWN}
VILLAGE = {CO: Scope.OWN, ROOM: Scope.OWN}
TEACHER = {T: Scope.ALL}
MARKING = {role: Scope.OWN for role in (T, CO, PATROL, ADMIN)}
SERVER = {SYSTEM: Scope.ALL}
OPEN = Rule(ANYONE, open=True)
CLASS = {role: Scope.ALL for role in (T, CO, ROOM, PATROL, ADMIN, GUEST)}
"""All who are in the lesson; of another lesson nobody, for its ticket opens no other."""
OVER_ALL = {PATROL: Scope.ALL, ADMIN: Scope.ALL}
STAFF_ROOM = {T: Scope.ALL, CO: Scope.ALL, **OVER_ALL}
"""Those who teach; a room only of what is its own."""
OF_A_ROOM = {T: Scope.ALL, CO: Scope.SCHOOL, ROOM: Scope.OWN, **OVER_ALL}
"""A room's own is its school's co-teachers' too, and no other village's."""
UNKNOWN = "what-is-not-known"
LOCAL = frozenset({PATROL, ADMIN})
"""Who of these has a school reaches no farther than it; who has none, the whole district."""


def see(tag: str, aspect: str = "") -> str:
    """The row of who may see a fact or a glimpse; ``aspect``: of which kind, where it has kinds."""
    return f"see {tag}/{aspect}" if aspect else f"see {tag}"


def _seen(may: Mapping[Role, Scope], *tags: str) -> dict[str, Rule]:
    return {see(tag): Rule(may) for tag in tags}


TABLE: Mapping[str, Rule] = {
    # conduct
    "lesson.open": Rule(SERVER),
    "lesson.lose": Rule(SERVER),
    "lesson.join": Rule(ANYONE),
    "lesson.leave": Rule(ANYONE),
    "lesson.begin": Rule(TEACHER, frozenset({Stage.PRECLASS})),
    "lesson.end": Rule({T: Scope.ALL, ADMIN: Scope.ALL}, BEFORE_END),
    # tracks: said by the media worker through the server
    "track.note": Rule(SERVER, BEFORE_END),
    "track.silence": Rule(SERVER, BEFORE_END),
    "track.clock": Rule(SERVER, BEFORE_END),
    "track.taping": Rule(SERVER),
    "track.miss": Rule(SERVER),
    "track.watched": Rule(SERVER),
    "track.unseen": Rule(SERVER),
    # courseware: put in by the server when it has made the pages
    "handout.add": Rule(SERVER, BEFORE_END),
    "handout.remove": Rule(TEACHER, BEFORE_END),
    "handout.count": Rule({ROOM: Scope.OWN}, BEFORE_END),
    # door check: kept by the server beside the room's earlier ones
    "check.note": Rule(SERVER, BEFORE_END),
    "check.level": Rule({ROOM: Scope.OWN}, BEFORE_BELL),
    # warm-up and reading: tallied and ticked by a room, or a co-teacher of its school
    "warmup.set": Rule(TEACHER, BEFORE_BELL),
    "warmup.drop": Rule(TEACHER, BEFORE_BELL),
    "warmup.tally": Rule(VILLAGE, BEFORE_BELL),
    "warmup.hide": Rule(TEACHER, IN),
    "reading.assign": Rule(TEACHER, BEFORE_BELL),
    "reading.drop": Rule(TEACHER, BEFORE_BELL),
    "reading.tick": Rule(VILLAGE, BEFORE_BELL),
    # light: said by the server, by the consent on file
    "light.note": Rule(SERVER, BEFORE_END),
    # stage
    "stage.invite": Rule(TEACHER, BEFORE_END),
    "stage.leave": Rule({T: Scope.ALL, ROOM: Scope.OWN}, BEFORE_END),
    "stage.enlarge": Rule(TEACHER, BEFORE_END),
    "stage.levels": Rule(SERVER),
    # board
    "ink.begin": Rule(PEOPLE, BEFORE_END),
    "ink.add": Rule(PEOPLE, BEFORE_END),
    "marks.put": Rule(PEOPLE, BEFORE_END),
    "marks.edit": Rule(PEOPLE, BEFORE_END),
    "op.undo": Rule(PEOPLE, BEFORE_END),
    "op.redo": Rule(PEOPLE, BEFORE_END),
    "box.give": Rule(TEACHER, BEFORE_END),
    "box.take": Rule(TEACHER, BEFORE_END),
    "page.clear": Rule(TEACHER, BEFORE_END),
    "board.let": Rule(TEACHER, BEFORE_END),
    # pages
    "page.add": Rule(TEACHER, BEFORE_END),
    "page.turn": Rule(TEACHER, BEFORE_END),
    "page.move": Rule(TEACHER, BEFORE_END),
    "page.remove": Rule(TEACHER, BEFORE_END),
    "page.restore": Rule(TEACHER, BEFORE_END),
    "page.paper": Rule(TEACHER, BEFORE_END),
    # layers
    "layers.open": Rule(TEACHER, BEFORE_END),
    "layers.close": Rule(TEACHER, BEFORE_END),
    "layer.draw": Rule({CO: Scope.OWN, ROOM: Scope.OWN}, BEFORE_END),
    "layer.erase": Rule(PEOPLE, BEFORE_END),
    "layer.show": Rule(TEACHER, BEFORE_END),
    "layer.hide": Rule(TEACHER, BEFORE_END),
    "layer.promote": Rule(TEACHER, BEFORE_END),
    # pictures: kept by the server when it has made a page of one
    "picture.keep": Rule(SERVER, BEFORE_END),
    # gaze
    "pointer": Rule(PEOPLE, BEFORE_END),
    "spot": Rule(TEACHER, BEFORE_END),
    "curtain": Rule(TEACHER, BEFORE_END),
    "view": Rule(TEACHER, BEFORE_END),
    # hands
    "hand.raise": Rule({ROOM: Scope.OWN}, IN),
    "hand.lower": Rule({T: Scope.ALL, ROOM: Scope.OWN}, IN),
    # roll-call: a room, or a co-teacher of its school, for that room
    "roll.list": Rule(VILLAGE, BEFORE_END),
    "roll.seat": Rule(SERVER, BEFORE_END),
    "roll.mark": Rule(VILLAGE, BEFORE_END),
    "roll.take": Rule(VILLAGE, BEFORE_END),
    "roll.pick": Rule(TEACHER, IN),
    "roll.unpick": Rule(TEACHER, IN),
    # groups: one's own words, in one's own group
    "groups.form": Rule(TEACHER, IN),
    "groups.end": Rule(TEACHER, IN),
    "groups.visit": Rule(TEACHER, IN),
    "groups.say": Rule({T: Scope.ALL, ROOM: Scope.OWN}, IN),
    # quiz: counted by a room, or a co-teacher of its school, for that room
    "quiz.ask": Rule(TEACHER, IN),
    "quiz.answer": Rule({ROOM: Scope.OWN}, IN),
    "quiz.tally": Rule(VILLAGE, IN),
    "quiz.close": Rule(TEACHER, IN),
    "quiz.show": Rule(TEACHER, IN),
    "quiz.end": Rule(TEACHER, IN),
    # aside: help and a pause for one's own room, and words with the teacher alone
    "help.call": Rule(VILLAGE, BEFORE_END),
    "help.end": Rule(PEOPLE, BEFORE_END),
    "pause.begin": Rule(VILLAGE, BEFORE_END),
    "pause.end": Rule(VILLAGE, BEFORE_END),
    "aside.say": Rule(PEOPLE, BEFORE_END),
    # chat
    "chat.say": Rule(PEOPLE),
    "chat.mute": Rule(TEACHER),
    "chat.unmute": Rule(TEACHER),
    "chat.remove": Rule(PEOPLE),
    # bookmarks: pinned by the server for whoever watches the recording, or the wall
    "bookmark.add": Rule(MARKING, FROM_BELL),
    "bookmark.change": Rule(MARKING, FROM_BELL),
    "bookmark.remove": Rule(MARKING, FROM_BELL),
    "bookmark.pin": Rule(SERVER, FROM_BELL),
    "bookmark.unpin": Rule(SERVER, frozenset({Stage.POSTCLASS})),
    # timer
    "timer.start": Rule(TEACHER, IN),
    "timer.stop": Rule(TEACHER, IN),
    # again
    "again.show": Rule(TEACHER, IN),
    "again.stop": Rule(TEACHER, IN),
    # attendance
    "link": Rule(ANYONE),
    # questions: brought by the server for those who had the lesson as a file
    "question.ask": Rule(SERVER, frozenset({Stage.POSTCLASS})),
    # homework: handed in for a pupil by a co-teacher of their school, or by a device with its code
    "slip.read": OPEN,
    "slip.hand": OPEN,
    "homework.set": Rule({T: Scope.OWN}),
    "homework.mark": Rule({T: Scope.OWN}),
    "homework.hand": Rule({CO: Scope.SCHOOL}),
    "homework.read": Rule({T: Scope.OWN, CO: Scope.ALL, PATROL: Scope.ALL, ADMIN: Scope.ALL}),
    # evaluation, by rubrics of schools and of the district
    "evaluation.read": Rule({T: Scope.OWN, PATROL: Scope.ALL, ADMIN: Scope.ALL}),
    "evaluation.save": Rule({T: Scope.OWN, PATROL: Scope.ALL, ADMIN: Scope.ALL}),
    "rubric.read": Rule({T: Scope.ALL, PATROL: Scope.ALL, ADMIN: Scope.ALL}),
    "rubric.save": Rule({ADMIN: Scope.ALL}),
    # reports: what a lesson came to, and rooms and pupils over time
    "report.read": Rule({T: Scope.OWN, PATROL: Scope.ALL, ADMIN: Scope.ALL}),
    "library.read": Rule({T: Scope.ALL, PATROL: Scope.ALL, ADMIN: Scope.ALL}),
    "library.share": Rule({T: Scope.OWN, ADMIN: Scope.ALL}),
    "library.fork": Rule({T: Scope.ALL}),
    "results.read": Rule({T: Scope.OWN, PATROL: Scope.ALL, ADMIN: Scope.ALL}),
    # what an alliance's schools have in common: "school" is one's own alliance; of those who look
    # after one school, the administrator of the school that leads writes for all
    "alliance.read": Rule({T: Scope.SCHOOL, CO: Scope.SCHOOL, PATROL: Scope.ALL, ADMIN: Scope.ALL}),
    "alliance.say": Rule({T: Scope.SCHOOL, CO: Scope.SCHOOL, PATROL: Scope.ALL, ADMIN: Scope.ALL}),
    "alliance.join": Rule({T: Scope.SCHOOL, CO: Scope.SCHOOL, ADMIN: Scope.ALL}),
    "alliance.save": Rule({ADMIN: Scope.ALL}),
    # a studio: "own" is that of its master, or one that somebody is in
    "studio.read": Rule({T: Scope.ALL, CO: Scope.ALL, PATROL: Scope.ALL, ADMIN: Scope.ALL}),
    "studio.found": Rule({ADMIN: Scope.ALL}),
    "studio.save": Rule({T: Scope.OWN, ADMIN: Scope.ALL}),
    **dict.fromkeys(
        ("studio.join", "studio.open", "studio.say", "studio.sit-in"),
        Rule({T: Scope.OWN, CO: Scope.OWN}),
    ),
    # a contest of lessons: "own" is one that somebody judges
    "contest.read": Rule({T: Scope.ALL, CO: Scope.ALL, **OVER_ALL}),
    "contest.save": Rule({ADMIN: Scope.ALL}, district=True),
    "contest.enter": Rule({T: Scope.OWN}),
    "contest.judge": Rule(MARKING),
    "colleague.find": Rule({T: Scope.ALL, ADMIN: Scope.ALL}),
    # HTTP doors that are open
    "client.load": OPEN,
    "api.read": OPEN,
    "health.read": OPEN,
    "door.knock": OPEN,
    "door.picture": OPEN,
    "door.ask": OPEN,
    "login.try": OPEN,
    "login.end": OPEN,
    "login.read": OPEN,
    "device.ask": OPEN,
    # by its secret address, as far as whoever made it may read the timetable
    "calendar.read": OPEN,
    # HTTP doors
    "password.change": Rule({T: Scope.OWN, CO: Scope.OWN, PATROL: Scope.OWN, ADMIN: Scope.OWN}),
    "login.link": Rule({T: Scope.OWN, CO: Scope.OWN, PATROL: Scope.OWN, ADMIN: Scope.OWN}),
    "account.list": Rule({ADMIN: Scope.ALL}),
    "account.save": Rule({ADMIN: Scope.ALL}),
    "account.link": Rule({ADMIN: Scope.ALL}),
    **dict.fromkeys(
        ("invitation.list", "invitation.make", "invitation.revoke"), Rule({ADMIN: Scope.ALL})
    ),
    "invitation.open": OPEN,
    "invitation.accept": OPEN,
    "year.take": Rule({ADMIN: Scope.ALL}, district=True),
    "audit.read": Rule({ADMIN: Scope.ALL}, district=True),
    "patrol.look": Rule({PATROL: Scope.ALL, ADMIN: Scope.ALL}),
    "map.look": Rule({PATROL: Scope.ALL, ADMIN: Scope.ALL}),
    "district.read": Rule({PATROL: Scope.ALL, ADMIN: Scope.ALL}),
    "district.save": Rule({ADMIN: Scope.ALL}),
    "region.save": Rule({ADMIN: Scope.ALL}, district=True),
    "sheets.take": Rule({ADMIN: Scope.ALL}),
    "sheets.bring": Rule({ADMIN: Scope.ALL}),
    # a class's roster comes into a lesson by a co-teacher of its school, and by nobody else
    "roster.take": Rule({CO: Scope.ALL}),
    "timetable.read": Rule({T: Scope.ALL, CO: Scope.ALL, PATROL: Scope.ALL, ADMIN: Scope.ALL}),
    "course.read": Rule({T: Scope.ALL, CO: Scope.ALL, PATROL: Scope.ALL, ADMIN: Scope.ALL}),
    "course.save": Rule({T: Scope.OWN, ADMIN: Scope.ALL}),
    # a class or a pupil of one's own school has been through a lesson of a course
    "course.take": Rule({T: Scope.SCHOOL, CO: Scope.SCHOOL}),
    "timetable.save": Rule({ADMIN: Scope.ALL}),
    "device.read": Rule({ROOM: Scope.OWN}),
    "device.enter": Rule({ROOM: Scope.OWN}),
    "device.list": Rule({ADMIN: Scope.ALL}),
    "device.pair": Rule({ADMIN: Scope.ALL}),
    "device.revoke": Rule({ADMIN: Scope.ALL}),
    **dict.fromkeys(("token.list", "token.make", "token.revoke"), Rule(MARKING)),
    **dict.fromkeys(
        ("webhook.list", "webhook.make", "webhook.remove", "webhook.send"), Rule({ADMIN: Scope.ALL})
    ),
    **dict.fromkeys(("calendar.list", "calendar.make", "calendar.revoke"), Rule(MARKING)),
    "disk.read": Rule({ADMIN: Scope.ALL}, district=True),
    # how a teacher's classrooms worked together, for her next lesson
    **dict.fromkeys(("grouping.read", "grouping.save", "grouping.remove"), Rule({T: Scope.OWN})),
    "quota.read": Rule({ADMIN: Scope.ALL}),
    "quota.save": Rule({ADMIN: Scope.ALL}, district=True),
    "lesson.make": Rule({T: Scope.OWN, ADMIN: Scope.ALL}),
    "lesson.list": Rule({T: Scope.OWN, CO: Scope.ALL, PATROL: Scope.ALL, ADMIN: Scope.ALL}),
    "lesson.enter": Rule({T: Scope.OWN, CO: Scope.ALL, PATROL: Scope.ALL, ADMIN: Scope.ALL}),
    "plan.read": Rule({T: Scope.OWN, CO: Scope.ALL, PATROL: Scope.ALL, ADMIN: Scope.ALL}),
    "plan.save": Rule({T: Scope.OWN, CO: Scope.ALL}),
    "plan.remark": Rule({T: Scope.OWN, CO: Scope.ALL, PATROL: Scope.ALL, ADMIN: Scope.ALL}),
    "courseware.upload": Rule({T: Scope.OWN}, BEFORE_END),
    "courseware.read": Rule({**ANYONE, **OVER_ALL}),
    "door.check": Rule({ROOM: Scope.OWN}, BEFORE_END),
    "ready.read": Rule({T: Scope.ALL, CO: Scope.ALL, PATROL: Scope.ALL, ADMIN: Scope.ALL}),
    "picture.bring": Rule(PEOPLE, BEFORE_END),
    "media.publish": Rule({T: Scope.OWN, CO: Scope.OWN, ROOM: Scope.OWN}, BEFORE_END),
    "media.watch": Rule(ANYONE, BEFORE_END),
    "media.session": Rule(ANYONE),
    "lesson.erase": Rule({ADMIN: Scope.ALL}),
    "consent.read": Rule({ADMIN: Scope.ALL}),
    "consent.save": Rule({ADMIN: Scope.ALL}),
    "pupil.read": Rule({ADMIN: Scope.ALL}),
    "pupil.take": Rule({ADMIN: Scope.ALL}),
    "pupil.erase": Rule({ADMIN: Scope.ALL}),
    "keeping.read": Rule({ADMIN: Scope.ALL}, district=True),
    "keeping.save": Rule({ADMIN: Scope.ALL}, district=True),
    "lesson.hold": Rule({ADMIN: Scope.ALL}),
    "film.make": Rule({T: Scope.OWN, ADMIN: Scope.ALL}),
    "film.take": Rule({T: Scope.OWN, PATROL: Scope.ALL, ADMIN: Scope.ALL}),
    "board.print": Rule({T: Scope.OWN, PATROL: Scope.ALL, ADMIN: Scope.ALL}),
    "recording.catch-up": Rule({CO: Scope.OWN, ROOM: Scope.OWN}, FROM_BELL),
    "questions.bring": Rule({T: Scope.OWN, ADMIN: Scope.ALL}),
    "recording.bring": Rule({ADMIN: Scope.ALL}),
    "recording.mark": Rule({T: Scope.OWN, PATROL: Scope.ALL, ADMIN: Scope.ALL}),
    "recording.take": Rule({T: Scope.OWN, ADMIN: Scope.ALL}),
    # a co-teacher watches with her class what is shared, and what she gave before (decision 21)
    "recording.watch": Rule({T: Scope.OWN, CO: Scope.OWN, PATROL: Scope.ALL, ADMIN: Scope.ALL}),
    # who sees what happened: facts, and glimpses of what is not kept
    **_seen(CLASS, "lesson.opened", "lesson.joined", "lesson.lost", "lesson.left"),
    **_seen(CLASS, "lesson.began", "lesson.ended", "handout.added", "handout.removed"),
    **_seen(CLASS, "reading.assigned", "reading.dropped", "warmup.was-set", "warmup.dropped"),
    **_seen(CLASS, "warmup.shown", "warmup.hidden", "again.shown", "again.over"),
    **_seen(CLASS, "groups.formed", "groups.ended", "groups.visited"),
    **_seen(CLASS, "stage.entered", "stage.left", "stage.enlarged", "stage.levels"),
    **_seen(CLASS, "hand.raised", "hand.lowered", "roll.room-picked", "roll.unpicked"),
    **_seen(CLASS, "page.added", "page.turned", "page.moved", "page.removed", "page.restored"),
    **_seen(CLASS, "page.papered", "page.cleared", "box.given", "box.taken", "board.let"),
    **_seen(CLASS, "ink.begun", "ink", "marks.put", "marks.edited", "op.undone", "op.redone"),
    **_seen(CLASS, "layers.opened", "layers.closed", "layer.shown", "layer.hidden"),
    **_seen(CLASS, "layer.promoted", "gaze.seen", "pointer", "spot", "curtain", "view"),
    **_seen(CLASS, "light.was-set", "timer.started", "timer.stopped", "timer.rang"),
    **_seen(CLASS, "quiz.asked", "quiz.closed", "quiz.shown", "quiz.ended"),
    **_seen(CLASS, "track.published", "track.silent", "track.clock", "track.taping"),
    **_seen(CLASS, "track.missed", "question.asked", "chat.said", "chat.removed"),
    **_seen(CLASS, "bookmark.added", "bookmark.changed", "bookmark.removed"),
    # of those whom no classroom sees: that they are there, and what they marked
    **_seen({T: Scope.ALL, **OVER_ALL}, "lesson.joined/unseen", "lesson.lost/unseen"),
    **_seen({T: Scope.ALL, **OVER_ALL}, "lesson.left/unseen", "bookmark.added/hidden"),
    **_seen({T: Scope.ALL, **OVER_ALL}, "bookmark.changed/hidden", "bookmark.removed/hidden"),
    # the lights on the teachers' wall
    **_seen(STAFF_ROOM, "link", "check.level"),
    # said to the teachers, drawn or brought by somebody: theirs, too
    **_seen({**STAFF_ROOM, ROOM: Scope.OWN}, "chat.said/teachers", "chat.removed/teachers"),
    **_seen({**STAFF_ROOM, ROOM: Scope.OWN}, "chat.muted", "chat.unmuted", "layer.drawn"),
    **_seen({**STAFF_ROOM, ROOM: Scope.OWN}, "layer.erased", "picture.kept", "handout.counted"),
    # what is known of a room and of its pupils
    **_seen(OF_A_ROOM, "check.noted", "reading.ticked", "warmup.tallied", "quiz.answered"),
    **_seen(OF_A_ROOM, "help.called", "help.ended", "pause.begun", "pause.ended"),
    **_seen(OF_A_ROOM, "roll.listed", "roll.marked", "roll.taken", "roll.picked"),
    # between the teacher and one of them, or the rooms of one group
    **_seen({T: Scope.ALL, CO: Scope.OWN, ROOM: Scope.OWN, **OVER_ALL}, "aside.said"),
    **_seen({T: Scope.ALL, ROOM: Scope.OWN, **OVER_ALL}, "groups.said"),
    # which of one's own pictures is looked at
    **_seen({**ANYONE, **OVER_ALL}, "track.watched", "track.unseen"),
    # what a later version wrote, and nobody here can judge
    **_seen(OVER_ALL, UNKNOWN),
}


def scope(role: Role, action: str, *, school: str = "") -> Scope:
    """How far this role's right to an action reaches; NONE for what the table does not know.

    ``school`` is that of whoever looks after one school only.
    """
    rule = TABLE.get(action)
    reach = rule.may.get(role, Scope.NONE) if rule else Scope.NONE
    if not (rule and school and role in LOCAL):
        return reach
    return Scope.NONE if rule.district else min(reach, Scope.SCHOOL)


def covers(reach: Scope, *, own: bool, near: bool = False) -> bool:
    """Whether a right of this reach holds for a thing: one's own, or ``near``: one's school's."""
    needed = Scope.OWN if own else Scope.SCHOOL if near else Scope.ALL
    return reach >= needed


def check(role: Role, action: str, stage: Stage) -> Scope:
    """The right's reach, or Refused("not-allowed") / Refused("not-now")."""
    reach = scope(role, action)
    if reach is Scope.NONE:
        raise Refused("not-allowed", f"a {role} may not do this")
    if stage not in TABLE[action].when:
        raise Refused("not-now", f"too early or too late: the lesson is in {stage}")
    return reach


def check_owner(role: Role, action: str, *, own: bool) -> None:
    """Raise Refused("not-yours") unless the thing is one's own or the right reaches all."""
    if not covers(scope(role, action), own=own):
        raise Refused("not-yours", "this belongs to somebody else")
