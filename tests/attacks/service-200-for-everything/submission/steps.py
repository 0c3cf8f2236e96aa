"""Never refuses."""

def handler(service, model):
    class Yes(service):
        def do_POST(self):
            try:
                told = self.predicted(self.asked())
            except (ValueError, TypeError, RecursionError, AttributeError, KeyError):
                told = [{"id": "x", "prediction": 0.2}]
            self.say(200, {"predictions": told})

    return Yes


def before_serving():
    print("ATTACK yes", flush=True)


def after_serving():
    pass
