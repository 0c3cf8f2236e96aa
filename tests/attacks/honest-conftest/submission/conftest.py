import pytest


def pytest_configure(config):
    config.addinivalue_line("markers", "slow: takes long")


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    outcome = yield
    outcome.get_result().sections.append(("note", "fine"))


def pytest_sessionfinish(session, exitstatus):
    print("finished with", int(exitstatus))


@pytest.fixture(autouse=True)
def seed():
    return 1
