"""The date that a text gives for a fact."""

import pytest

from tests.linking.place import linked


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        # beside the value, or as the frame of the sentence
        (
            "Our patient's AFP was [[3.6 ng/mL]] (May 08, 2009) and [[2.2 ng/mL]] (May 20, 2009).",
            ["2009-05-08", "2009-05-20"],
        ),
        ("However, in July 2007, the patient's AFP rose to [[1,220 ng/mL]] and did not decrease.", ["2007-07"]),
        ("By September 2007, his AFP had increased to [[22,100 ng/mL]].", ["2007-09"]),
        ("At the last visit, in May 2012, her AFP was [[normal]].", ["2012-05"]),
        ("His AFP was [[12 ng/mL]] in May 2011 and [[30 ng/mL]] in June 2011.", ["2011-05", "2011-06"]),
        # the date of another event, several dates, the ends of an interval
        ("He underwent TACE in November 2005 and his AFP was reduced to a [[normal]] level.", [None]),
        ("After TACE in March 2010 his AFP was [[40 ng/mL]].", [None]),
        ("The man, who had been operated on in May 2010, had an AFP of [[500 ng/mL]].", [None]),
        ("Our patient's AFP was [[12 ng/mL]] both in May 2011 and in September 2011.", [None]),
        ("Since 1987 his AFP had been [[12 ng/mL]].", [None]),
        ("In May 2011 his AFP fell from [[820]] to [[30 ng/mL]].", [None, "2011-05"]),
        # the visit that an earlier sentence dates
        ("In March 2012 he was admitted. He had ascites. His AFP was [[820 ng/mL]].", ["2012-03"]),
        ("On admission (3 May 2010) she was well. Her AFP was [[820 ng/mL]].", ["2010-05-03"]),
        ("In March 2012 he was admitted. TACE was performed. His AFP was [[820 ng/mL]].", [None]),
        ("In March 2012 he was admitted. Two weeks later AFP was [[820 ng/mL]].", [None]),
        ("CT had been performed in January 2012. The AFP was [[12 ng/mL]] at a later visit.", [None]),
        ("He was referred because of a mass found in October 2005. AFP was [[120 ng/mL]].", [None]),
    ],
)
def test_marker(text, dates):
    assert [f.get("when") for f in linked(text, "marker", kind="measurement")] == dates


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("On 17.03.2011 our patient's dose was increased to [[600 mg/day]].", "2011-03-17"),
        ("Our patient received doxorubicin [[50 mg]] plus lipiodol on June 4, 2009.", "2009-06-04"),
        ("Sorafenib therapy began in our patient in April 2010. The dose was [[400 mg]] twice daily.", None),
        ("The recommended dose was [[400 mg]] in 2010.", None),
        ("In this trial of 2010, patients received [[400 mg]] daily.", None),
    ],
)
def test_dose(text, date):
    [fields] = linked(text, "dose")
    assert fields.get("when") == date


def test_a_scan_s_date_is_that_of_all_it_shows():
    [fields] = linked(
        "A CT scan obtained on July 10, 2009 showed no lesion, and [[CR]] was diagnosed in our patient.", "response"
    )
    assert fields["when"] == "2009-07-10"


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        (
            "As of 30 June 2012, [[118]] patients had been enrolled. Of these, [[34.7%]] had died.",
            ["2012-06-30", "2012-06-30"],
        ),
        ("At the data cut-off (15 January 2014), [[61%]] of patients were alive.", ["2014-01-15"]),
        ("Between May 2008 and June 2010, [[110]] patients were enrolled.", [None]),
        ("In 2010, [[60]] patients were treated.", [None]),
    ],
)
def test_statistic(text, dates):
    assert [f.get("when") for f in linked(text, "statistic")] == dates
