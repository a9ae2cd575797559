"""Steps stand in one line: each follows the one before it, and the newest is its end."""

from alembic.script import ScriptDirectory

from synclass.adapters.registry.revision import NEWEST, STEPS, numbers


def test_steps_stand_in_one_line_and_each_follows_one_of_a_lower_number() -> None:
    steps = ScriptDirectory(str(STEPS), version_locations=[str(STEPS)])
    assert [step.revision for step in steps.walk_revisions()] == numbers()[::-1]
    assert steps.get_current_head() == NEWEST
