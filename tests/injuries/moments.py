"""Moments that a seed chooses: a system is not hurt always in the same place."""

import random
import time


def some_seconds(chance: random.Random, least: float, most: float) -> None:
    """Let a while go by; that is what is asked for, nothing is waited for."""
    time.sleep(chance.uniform(least, most))


def seconds_pass(seconds: float) -> None:
    """The workload goes on for so long, and is not touched."""
    time.sleep(seconds)


def a_moment(chance: random.Random) -> None:
    """Up to half a second."""
    some_seconds(chance, 0.0, 0.5)
