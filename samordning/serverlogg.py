"""The web server's own log, one line a request, without the codes that stand in some addresses."""

from gunicorn.glogging import Logger

from samordning.karna.logg import utan_koder


class Serverlogg(Logger):
    """Named in the Dockerfile: gunicorn's log does not pass Django's."""

    def atoms(self, resp, req, environ, request_time):
        atoms = super().atoms(resp, req, environ, request_time)
        return atoms | {"U": utan_koder(atoms["U"] or "")}
