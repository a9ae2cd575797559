"""What schools may use, and how much each lesson weighs on the shelf."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    op.create_table(
        "quota",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("lessons", sa.Integer),
        sa.Column("rooms", sa.Integer),
        sa.Column("kept", sa.BigInteger),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_table(
        "weight",
        sa.Column("lesson", sa.Text, primary_key=True),
        sa.Column("school", sa.Text, nullable=False),
        sa.Column("recordings", sa.BigInteger, nullable=False),
        sa.Column("courseware", sa.BigInteger, nullable=False),
        sa.Column("at", sa.Double, nullable=False),
    )
    op.create_index("weights_of_school", "weight", ["school", "recordings", "courseware"])


def downgrade() -> None:
    op.drop_table("weight")
    op.drop_table("quota")
