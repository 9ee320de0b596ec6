"""Stack frames are taken out of log messages."""

import pytest

from drs_mcp.quoting.forms import forms
from drs_mcp.summaries.logs.frames import fold_all_frames, fold_frames


@pytest.mark.parametrize(
    ("message", "left"),
    [
        ("boom\n\tat com.a.B.c(B.java:12)\n\tat com.a.D.<init>(D.java)\n\t... 12 more", "boom"),
        ("boom at com.a.B.c(B.java:12) at com.a.D.e(Native Method) ... 12 more", "boom"),
        ("boom\r\n\tat java.base/java.lang.Thread.run(Thread.java:829)", "boom"),
        ("a\n\tat x.Y.z(Y.java:1)\nCaused by: b\n\tat x.Y.z(Unknown Source)", "a Caused by: b"),
        ("\tat com.a.B.c(B.java:12)", ""),
        ("... 12 more", ""),
        ('ValueError\n  File "job.py", line 3, in run', "ValueError"),
        ("stopped at 08:00 (again)", "stopped at 08:00 (again)"),
        ("", ""),
    ],
)
def test_stack_frames_are_folded_and_the_rest_stays(message, left):
    assert fold_frames(message) == left


def test_a_page_without_frames_is_handed_back_as_it_is():
    page = ["nothing here", "nor there (at all)", ""]
    for _ in range(2):  # as new and as known
        assert fold_all_frames(page, forms(page)) is page
    page = [*page, "\tat com.a.B.c(B.java:12)"]
    assert fold_all_frames(page, forms(page)) == [*page[:3], ""]
