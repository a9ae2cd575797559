"""Photographs of homework lie in files; those that are inside are moved out one by one later.

Whoever goes back moves them back first, with the shelf at hand: this step has only tables.
"""

import sqlalchemy as sa
from alembic import op

from synclass.errors import Unavailable

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    op.create_table(
        "photograph",
        sa.Column("work", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["work"], ["work.id"], name="fk_photograph_work"),
    )
    op.create_table(
        "photograph_to_go",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("at", sa.Double, nullable=False),
    )
    op.create_index("photographs_to_go", "photograph_to_go", ["at"])


def downgrade() -> None:
    """Raises Unavailable where a photograph would be lost."""
    outside = op.get_bind().execute(sa.text("SELECT count(*) FROM photograph")).scalar_one()
    if outside:
        why = f"{outside} photographs lie in files: `synclass photographs back` first"
        raise Unavailable("photographs-outside", why)
    op.drop_table("photograph_to_go")
    op.drop_table("photograph")
