"""No version."""

def handler(service, model):
    class Plain(service):
        def health(self):
            return {"status": "ok"}

    return Plain


def before_serving():
    pass


def after_serving():
    pass
