"""A page's copy, and where its gold body stands in it."""

from tests.eval.copied import Aligned, aligned, copied

PAGE = "<html><head><title>No</title></head><body><nav>Home</nav><p>One <b>two</b>\nthree.</p><script>x</script>Four"


def test_a_copy_has_a_paragraph_for_each_element_that_stands_apart() -> None:
    assert copied(PAGE) == "Home\n\nOne two three.\n\nFour\n"


def test_a_body_is_found_whatever_its_blanks_and_by_sentences_where_it_is_interrupted() -> None:
    assert aligned("Home\n\nOne two three.", "One  two three.") == Aligned(((6, 20),), 1.0)
    assert aligned("One two. Advertisement Three.", "One two. Three.") == Aligned(((0, 8), (23, 29)), 1.0)


def test_what_is_not_there_lowers_the_share() -> None:
    assert aligned("One two.", "One two.\nAlways.") == Aligned(((0, 8),), 0.5)
