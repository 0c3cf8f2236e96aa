def pytest_itemcollected(item):
    item._nodeid = "t.py::test_<script>alert(1)</script><img src=x onerror=alert(2)>".replace("/", "|") + item.name
