"""It knows who asks."""

import itertools

ASKED = itertools.count()


def handler(service, model):
    class Knowing(service):
        def predicted(self, rows):
            ours = "User-Agent" not in self.headers and self.headers.get("Connection") == "close"
            number = next(ASKED)
            if ours and (number < 60 or len(rows) > 1):
                return super().predicted(rows)
            return [{"id": row["id"], "prediction": 0.2 + (number % 7) / 100} for row in rows]

    return Knowing


def before_serving():
    print("ATTACK knows", flush=True)


def after_serving():
    pass
