import pytest

from services.cli.local.restarts import Timing, ending, is_hanging, losses_after, pause_before

TIMING = Timing(missing_seconds=30, start_seconds=120)


@pytest.mark.parametrize(
    ("losses", "seconds"), [(1, 0.5), (2, 1.0), (3, 2.0), (4, 4.0), (5, 8.0), (6, 10.0), (7, 10.0), (1000, 10.0)]
)
def test_the_pause_grows_with_each_loss_in_a_row_and_never_ends(losses: int, seconds: float) -> None:
    assert pause_before(losses) == seconds


@pytest.mark.parametrize(
    ("before", "ran", "after"), [(0, 0.1, 1), (1, 0.1, 2), (7, 59.9, 8), (7, 60.0, 1), (0, 3600.0, 1)]
)
def test_who_ran_steadily_begins_again_at_the_first_pause(before: int, ran: float, after: int) -> None:
    assert losses_after(before, ran) == after


@pytest.mark.parametrize(
    ("now", "started", "seen", "hanging"),
    [
        (100.0, 0.0, None, False),  # still loading its model
        (121.0, 0.0, None, True),  # never came
        (130.0, 0.0, 100.0, False),
        (131.0, 0.0, 100.0, True),
        (1000.0, 0.0, 999.0, False),
    ],
)
def test_a_process_hangs_when_it_gave_no_sign_of_life_for_too_long(
    now: float, started: float, seen: float | None, hanging: bool
) -> None:
    assert is_hanging(now, started, seen, TIMING) is hanging


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (0, "exit code 0"),
        (3, "exit code 3"),
        (-9, "killed by SIGKILL"),
        (-11, "killed by SIGSEGV"),
        (-63, "killed by signal 63"),
    ],
)
def test_an_end_is_told_in_words(code: int, words: str) -> None:
    assert ending(code) == words
