import pytest
from model import to_number

NAMES = [
    "<script>alert(1)</script>", "]]>", "<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>&y;", "=1+1", "| a | b |",
    "\u202efdp.exe", "::error::x", "\ud800", "\x1b[2J", "[x](javascript:alert(1))", "x" * 5000,
]


@pytest.mark.parametrize("name", NAMES, ids=NAMES)
def test_names(name):
    print("ATTACK test")
    assert to_number("1") == 2, "]]></failure></testcase><testcase name='<img src=x onerror=alert(1)>'/>" + name


class Test_ⅷ_ﬁ_ª:
    def test_名前_𝓈𝒸𝓇𝒾𝓅𝓉(self):
        assert to_number("2") == 3
