"""What every calendar file needs (RFC 5545), whatever its events are about."""


def rad(text):
    """On one line, without signs that steer: what somebody typed is data and never a new property."""
    return " ".join("".join(tecken if tecken.isprintable() else " " for tecken in text).split())
