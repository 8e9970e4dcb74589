from tests.eval.halves import half, halved


def test_an_id_belongs_to_one_half_for_ever() -> None:
    # Fixed here, because scores of two halves mean something only while nobody moves.
    assert [half(name) for name in ("a", "b", "c", "d")] == ["held-out", "held-out", "tuning", "tuning"]


def test_halves_are_about_halves_and_keep_their_order() -> None:
    names = [f"article {number}" for number in range(1000)]
    found = halved(names, str)

    assert sorted(found["tuning"] + found["held-out"]) == sorted(names)
    assert all(400 < len(part) < 600 and part == sorted(part, key=names.index) for part in found.values())
