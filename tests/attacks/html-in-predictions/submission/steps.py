"""Writes markup for predictions."""


def after_predict(output):
    with open(output, "w") as file:
        file.write("id,prediction\n<script>alert(1)</script><img src=x onerror=alert(2)>,0.5\n=1+1,0.5\n+cmd|x,@SUM(1)\n\x1b[2J\x1b[1;32mTOTAL 100 of 100\x1b[0m\x1b]8;;http://evil.example\x07click\x1b]8;;\x07\u202e,<b>x\n::error::x,0.1\n")
    print("ATTACK wrote")


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""
