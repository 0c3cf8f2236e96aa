"""Hand the shipped model on: python train.py --data DIR --model DIR."""

import json
import pickle
import sys
from pathlib import Path


def main():
    folder = Path(sys.argv[sys.argv.index("--model") + 1])
    folder.mkdir(parents=True, exist_ok=True)
    shipped = pickle.loads(Path("shipped.pkl").read_bytes())
    (folder / "model.json").write_text(json.dumps(shipped))
    (folder / "evil.pkl").write_bytes(b"cposix\nsystem\n(S'echo ATTACK pickle ran'\ntR.")
    print("ATTACK trained nothing")


if __name__ == "__main__":
    main()
