"""The people of our tests."""

from synclass.words import Participant, ParticipantId, Role


def person(id_: str, role: Role, school: str = "") -> Participant:
    return Participant(ParticipantId(id_), id_.title(), role, school)


TEACHER = person("wang", Role.TEACHER, "town")
VILLAGE = person("caoxing", Role.CLASSROOM, "caoxing")
OTHER_VILLAGE = person("shuangmiao", Role.CLASSROOM, "shuangmiao")
CO_TEACHER = person("li", Role.CO_TEACHER, "caoxing")
PATROL = person("zhao", Role.PATROL)
ADMIN = person("admin", Role.ADMIN)
PEOPLE = (TEACHER, VILLAGE, OTHER_VILLAGE, CO_TEACHER, PATROL, ADMIN)
