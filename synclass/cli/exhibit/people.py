"""Who was in the lesson that has ended: the demo's own teachers and village classrooms."""

from ...words import Participant, ParticipantId, Role
from ..demo import SCHOOLS

GRADE = 1  # of demo.GRADES: the fifth, in every school
TEACHER = Participant(ParticipantId("u-wang"), "王老师", Role.TEACHER, "中心小学")
CO_TEACHER = Participant(ParticipantId("u-li"), "李老师", Role.CO_TEACHER, "草兴小学")
PATROL = Participant(ParticipantId("u-zhao"), "赵督导", Role.PATROL)
ROOMS = tuple(
    Participant(ParticipantId(f"room-{school.id}"), school.name, Role.CLASSROOM, school.name)
    for school in SCHOOLS[1:]
)


def classroom_of(room: Participant) -> str:
    """The district's id of the class that sat there."""
    return f"{room.id.removeprefix('room-')}-{GRADE}"
