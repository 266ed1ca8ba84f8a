"""Keeps personal data out of the logs."""

import logging


class WithoutPersonalData(logging.Filter):
    """Drops query strings from paths, and the message of an exception, which may quote what somebody typed."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.args = tuple(_plain(a) for a in record.args) if isinstance(record.args, tuple) else record.args
        if record.exc_info and record.exc_info[1] is not None:
            trace = record.exc_info[2]
            kind = record.exc_info[0]
            record.exc_info = (kind, Exception("(message withheld)"), trace)
        return True


def _plain(value: object) -> object:
    return value.split("?")[0] if isinstance(value, str) else value
