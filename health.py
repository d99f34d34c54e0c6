"""Is a process of ours well? `python health.py api` or `worker`, beside that process.

It is asked every few seconds for as long as the service runs, so it imports next to
nothing and is no part of the command `thidua`.
"""

import sys
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from time import time

from settings import Settings

# Seconds; a worker signs every three.
_OLD = 15
_PATIENCE = 5


def trouble_of_api(settings: Settings) -> str | None:
    """Say what is wrong with the api, or return None when it is ready."""
    host = "127.0.0.1" if settings.host.is_unspecified else str(settings.host)
    connection = HTTPConnection(host, settings.port, timeout=_PATIENCE)
    try:
        connection.request("GET", "/health/ready")
        answer = connection.getresponse()
        said = answer.read().decode()
    except (OSError, HTTPException):
        return f"Api không trả lời ở {host}:{settings.port}."
    finally:
        connection.close()
    return None if answer.status == HTTPStatus.OK else f"Api chưa sẵn sàng: {said}"


def trouble_of_worker(settings: Settings) -> str | None:
    """Say what is wrong with the worker, or return None when it does its work."""
    try:
        touched_at = settings.liveness_file.stat().st_mtime
    except OSError:
        return "Worker chưa chạy, hoặc chưa tới được Temporal và cơ sở dữ liệu."
    if time() - touched_at > _OLD:
        return "Worker đã ngừng, hoặc không còn tới được Temporal và cơ sở dữ liệu."
    return None


_ASKED = {"api": trouble_of_api, "worker": trouble_of_worker}


def main(arguments: list[str]) -> str | None:
    """Ask one process; return the sentence with which to end, None when all is well."""
    if len(arguments) != 1 or arguments[0] not in _ASKED:
        return "Cách gọi: python health.py api, hoặc python health.py worker."
    return _ASKED[arguments[0]](Settings())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
