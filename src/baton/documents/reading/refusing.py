"""Why a file is not taken."""


class NotTaken(Exception):
    """A file that is not kept, with the sentence that says what may be done instead; it ends without a full stop."""
