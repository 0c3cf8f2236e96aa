"""What an attack does: this does nothing."""


def handler(service, model):
    """The handler of requests; ``model`` is the loaded one."""
    return service


def before_serving():
    """Just before the first request can be answered."""


def after_serving():
    """Once SIGTERM has ended the service."""
