from tests.e2e.conftest import atlas

__all__ = ["atlas"]  # the same as end to end, built once
