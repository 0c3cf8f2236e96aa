"""Headers."""

def handler(service, model):
    class Headed(service):
        def end_headers(self):
            if self.command == "POST":
                for number in range(5000):
                    self.send_header(f"X-Model-Version-{number}", "\x1b[2J<script>" + "v" * 5000)
            super().end_headers()

    return Headed


def before_serving():
    print("ATTACK headers", flush=True)


def after_serving():
    print("ATTACK headers", flush=True)
