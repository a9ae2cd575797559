"""Steps stand in one line: each follows the one before it."""

from alembic.script import ScriptDirectory

from synclass.adapters.registry.revision import NEWEST, STEPS, numbers


def test_steps_are_numbered_without_a_gap_and_each_follows_the_last() -> None:
    assert numbers() == [f"{n:04}" for n in range(1, len(numbers()) + 1)]
    steps = ScriptDirectory(str(STEPS), version_locations=[str(STEPS)])
    assert [step.revision for step in steps.walk_revisions()] == numbers()[::-1]
    assert steps.get_current_head() == NEWEST
