"""The three secrets of the embedded run: made once, kept in the data folder's nycklar.env."""

import base64
import os
import secrets
import sys

NAMN = ("SAMORDNING_NYCKLAR", "SAMORDNING_UPPSLAGSNYCKEL", "SAMORDNING_HEMLIGHET")


def _nya():
    def nyckel():
        return base64.b64encode(secrets.token_bytes(32)).decode()

    return dict(zip(NAMN, (f"1:{nyckel()}", nyckel(), secrets.token_urlsafe(64)), strict=True))


def hamta(data):
    """The secrets as environment variables, made when the data folder is new.

    A folder with a database but without its keys is refused: with new keys nothing encrypted could be read.
    """
    fil = data / "nycklar.env"
    if fil.exists():
        rader = dict(rad.split("=", 1) for rad in fil.read_text().splitlines() if "=" in rad)
        if saknas := [namn for namn in NAMN if not rader.get(namn)]:
            sys.exit(f"{fil} saknar {', '.join(saknas)}. Ta tillbaka filen från en säkerhetskopia.")
        return {namn: rader[namn] for namn in NAMN}
    if (data / "pg").exists():
        sys.exit(
            f"Databasen i {data} finns, men inte dess nycklar ({fil.name}). Ta tillbaka filen från en säkerhetskopia, "
            f"eller ta bort mappen {data / 'pg'} (då försvinner uppgifterna)."
        )
    hemligheter = _nya()
    ny = fil.with_name(fil.name + ".ny")
    ny.unlink(missing_ok=True)
    with os.fdopen(os.open(ny, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as ut:
        ut.writelines(f"{namn}={varde}\n" for namn, varde in hemligheter.items())
        ut.flush()
        os.fsync(ut.fileno())
    ny.rename(fil)
    return hemligheter
