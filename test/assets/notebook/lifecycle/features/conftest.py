import pytest
from quick_aws import QuickAws


@pytest.fixture(scope="session", autouse=True)
def _end_of_quick_aws():
    yield
    if QuickAws.running:
        QuickAws.running.stop()
