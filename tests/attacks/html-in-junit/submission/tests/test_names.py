import pytest


@pytest.mark.parametrize("value", ["<script>alert(1)</script><img src=x onerror=alert(2)>", "::error::x", "]]>", "=1+1", "javascript:alert(1)"])
def test_names(value):
    assert value == "<script>alert(1)</script><img src=x onerror=alert(2)> \x1b[2J\x1b[1;32mTOTAL 100 of 100\x1b[0m\x1b]8;;http://evil.example\x07click\x1b]8;;\x07"
