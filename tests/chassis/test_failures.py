import pytest

from contracts.outcomes import DeadReason, Unfit
from services.chassis.failures import Bury, ChildKilled, Retry, judge


@pytest.mark.parametrize(
    ("error", "failures", "verdict"),
    [
        (ValueError("x"), 1, Retry(1, "error")),
        (ValueError("x"), 2, Retry(5, "error")),
        (ValueError("x"), 3, Retry(30, "error")),
        (OSError("x"), 4, Retry(120, "error")),
        (ValueError("x"), 5, Bury(DeadReason.FAILED, 5)),
        (TimeoutError(), 1, Retry(1, "timeout")),
        (TimeoutError(), 5, Bury(DeadReason.TIMEOUT, 5)),
        (ChildKilled("x"), 5, Bury(DeadReason.TIMEOUT, 5)),
        (Unfit("x"), 1, Bury(DeadReason.UNFIT, 1)),
        (Unfit("x", DeadReason.UNDECODABLE), 1, Bury(DeadReason.UNDECODABLE, 1)),
    ],
)
def test_a_failure_is_tried_later_and_later_and_buried_at_the_fifth(
    error: Exception, failures: int, verdict: Retry | Bury
) -> None:
    assert judge(error, failures) == verdict
