import subprocess
import time


def test_children():
    for _ in range(20):
        subprocess.Popen(["sleep", "1000"], start_new_session=True)
    print("ATTACK", flush=True)
    assert True


def test_loop():
    while True:
        time.sleep(0.01)
