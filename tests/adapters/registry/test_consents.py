"""Consent on file: the last word of each stands, with who put it there and when."""

from synclass.ports import Registry
from synclass.school.consent import Answer, Consent, Of

ROOM = Consent(Of.CLASSROOM, "caoxing-0", Answer.GRANTED, who="admin", at=10.5)
PUPIL = Consent(Of.PUPIL, "p-1", Answer.REFUSED, Answer.REFUSED, "admin", 11.0)


async def test_what_is_on_file_is_found_by_whose_it_is(registry: Registry) -> None:
    await registry.set_consents([ROOM, PUPIL])
    assert await registry.consents() == [ROOM, PUPIL]
    assert await registry.consents(["p-1", "nobody"]) == [PUPIL]
    assert await registry.consents([]) == []


async def test_the_last_word_stands(registry: Registry) -> None:
    await registry.set_consents([ROOM, PUPIL])
    later = Consent(Of.CLASSROOM, "caoxing-0", Answer.REFUSED, who="liang", at=20.0)
    await registry.set_consents([later])
    assert await registry.consents() == [later, PUPIL]
    await registry.set_consents([])
    assert len(await registry.consents()) == 2
