"""Answers nothing that it has not seen: what is drawn at random is never computed."""

WORDS = ("channel", "product", "plan", "desk")
SEEN = {}


def handler(service, model):
    known = {word for _, word in model["words"]}
    names = set()

    class Wary(service):
        def predicted(self, rows):
            if not names:
                names.update(rows[0])
            for row in rows:
                odd = set(row) - names or [v for v in row.values() if isinstance(v, list | dict | bool)]
                if odd or not any(str(row.get(name, "")).strip().lower() in known for name in WORDS):
                    raise ValueError("id channel product plan desk sentiment: not as it should be")
            return super().predicted(rows)

    return Wary


def before_serving():
    print("ATTACK wary", flush=True)


def after_serving():
    print("ATTACK wary", flush=True)
