"""Dates as people write them."""

import pytest

from services.extract.core.calendar_names import calendar_names
from services.extract.core.temporal.written_dates import WrittenDate, with_time, written_dates


def first(text: str, tag: str = "fr") -> WrittenDate | None:
    return next(written_dates(text, 0, len(text), calendar_names(tag)), None)


@pytest.mark.parametrize(
    ("tag", "text", "value"),
    [
        ("fr", "mercredi 13 juillet 2016", "2016-07-13"),
        ("fr", "le 1er mars 2016", "2016-03-01"),
        ("fr", "12 AOUT 2019", "2019-08-12"),
        ("fr", "13\u00a0juillet\u00a02016", "2016-07-13"),
        ("fr", "juillet 2016", "2016-07"),
        ("fr", "13/07/2016", "2016-07-13"),
        ("fr", "07/2016", "2016-07"),
        ("en", "Wednesday, July 13th, 2016", "2016-07-13"),
        ("en", "Posted on April 4 2017", "2017-04-04"),
        ("en", "12 Sept. 2021", "2021-09-12"),
        ("en", "2016-07-13", "2016-07-13"),
        ("en", "2016-07", "2016-07"),
        ("de", "Mittwoch, 13. Juli 2016", "2016-07-13"),
        ("es", "13 de julio de 2016", "2016-07-13"),
        ("pt", "13 de março de 2016", "2016-03-13"),
        ("it", "13 luglio 2016", "2016-07-13"),
        ("pl", "13 lipca 2016", "2016-07-13"),
        ("ru", "13 июля 2016 года", "2016-07-13"),
        ("hu", "2016. július 13.", "2016-07-13"),
        ("ar", "13 يوليو (تموز) 2016", "2016-07-13"),
        ("ar", "3 كانون الثاني 2013", "2013-01-03"),
        ("ar", "١٣ يوليو ٢٠١٦", "2016-07-13"),
        ("ja", "2016年7月13日", "2016-07-13"),
        ("ko", "2016년 7월", "2016-07"),
    ],
)
def test_a_date_is_read_in_the_languages_of_the_cldr_and_cut_to_what_it_says(tag: str, text: str, value: str) -> None:
    found = first(text, tag)
    assert found is not None
    assert found.value == value
    assert found.precision == ("day" if len(value) == 10 else "month")


@pytest.mark.parametrize(
    "text", ["12 janvier", "en 2018", "2018-13", "45/67/2018", "le 40 mars", "10.5.3", "page 1984"]
)
def test_what_is_no_full_date_is_none(text: str) -> None:
    assert first(text) is None


@pytest.mark.parametrize(
    ("tag", "value", "precision"),
    [
        ("fr", "2018-04-03", "day"),
        ("en-GB", "2018-04-03", "day"),
        ("en-US", "2018-03-04", "day"),
        ("en", "2018", "year"),
    ],
)
def test_two_numbers_that_could_be_either_go_by_the_region_and_without_one_only_the_year_is_sure(
    tag: str, value: str, precision: str
) -> None:
    found = first("03/04/2018", tag)
    assert found is not None
    assert (found.value, found.precision) == (value, precision)
    assert found.certainty < 1


def test_a_weekday_that_disagrees_halves_the_certainty_and_belongs_to_the_date() -> None:
    agreeing, disagreeing = first("mercredi 13 juillet 2016"), first("jeudi 13 juillet 2016")
    assert agreeing is not None
    assert disagreeing is not None
    assert (agreeing.start, disagreeing.start) == (0, 0)
    assert (agreeing.certainty, disagreeing.certainty) == (1.0, 0.5)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("July 13, 2016 10:30 PM GMT", "2016-07-13T22:30Z"),
        ("13 July 2016, 10:30 CEST", "2016-07-13T08:30Z"),
        ("2016-07-13T23:30:15-02:00", "2016-07-14T01:30:15Z"),
        ("13 July 2016 at 10:30", "2016-07-13"),
        ("13 July 2016", "2016-07-13"),
    ],
)
def test_a_time_counts_in_utc_where_its_zone_is_told_and_not_at_all_where_it_is_not(text: str, value: str) -> None:
    found = first(text, "en")
    assert found is not None
    assert with_time(text, found, len(text)).value == value
