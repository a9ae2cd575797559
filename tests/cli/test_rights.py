from synclass.cli.rights import permissions


def test_the_page_shows_who_may_do_what_how_far_and_when() -> None:
    page = permissions().splitlines()
    assert "| `hand.raise` |  |  | own |  |  |  |  |  |  |  | inclass |" in page
    watch = "| `recording.watch` | own | own |  | all | school | all | school |  |  |  | all |"
    assert watch in page


def test_the_page_shows_who_sees_what_happened() -> None:
    page = permissions().split("## Who sees what")[1].splitlines()
    assert (
        "| `roll.picked` | all | school | own | all | school | all | school |  |  |  | all |"
        in page
    )
    joined = "| `lesson.joined/unseen` | all |  |  | all | school | all | school |  |  |  | all |"
    assert joined in page


def test_the_page_shows_which_row_a_route_asks() -> None:
    page = permissions().splitlines()
    assert "| `GET /api/lessons` |  | `lesson.list` |  |  |  |" in page
    assert "| `GET /api/me` | `login.read` |  |  |  |  |" in page
