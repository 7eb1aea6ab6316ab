"""What waits for a user in this app, for the pages of the roof."""


def att_gora(user):
    """A fixed number of queries."""
    return []
