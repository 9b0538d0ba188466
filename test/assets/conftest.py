"""The files whose tests take longest come first, so that none is left over for one core alone."""

SLOWEST = (
    "test_sync",
    "test_idle_stop",
    "test_jupyter",
    "test_everything",
    "test_glue_sessions",
    "test_packages",
    "test_session_manager",
    "test_backup",
    "test_bootstrap",
)


def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: SLOWEST.index(item.path.stem) if item.path.stem in SLOWEST else len(SLOWEST))
