"""python -m escalation.healthcheck: exit code 0 when the service in this container is well."""

from __future__ import annotations

import os
import sys
import urllib.request

TIMEOUT_S = 3


def main() -> int:
    """Ask /health."""
    url = f"http://127.0.0.1:{os.environ.get('PORT', '8080')}/health"
    try:
        with urllib.request.urlopen(url, timeout=TIMEOUT_S) as answer:
            return 0 if answer.status == 200 else 1
    except OSError:
        return 1


if __name__ == "__main__":
    sys.exit(main())
