"""Stage 2 of ./start, inside the virtual environment: start the services, run what was asked, stop them."""

import errno
import os
import socket
import sys
import time

from samordning.uppstart.granskning import kor_tester
from samordning.uppstart.miljo import datamapp, tolka
from samordning.uppstart.processer import avbryt_vid_signal, kor
from samordning.uppstart.tjanster import igang, miljovariabler

# The app's own data is for demo and run; the others have a folder of their own and are alone in it.
EGEN_MAPP = {"test": "-test", "bench": "-bench", "bilder": "-bilder"}
PORTTID = 5  # seconds; a web server whose ./start was killed needs a moment to end


def krav_pa_ledig_port(bind):
    """Exit with advice when `bind` (address:port) cannot be listened to."""
    vard, _, port = bind.rpartition(":")
    vard = vard.strip("[]")
    if not vard or not port.isdecimal() or not 0 < int(port) < 65536:
        sys.exit(f"BIND ska vara adress:port, till exempel 127.0.0.1:8000. Nu är det {bind}.")
    slut = time.monotonic() + PORTTID
    while True:
        try:
            familj = socket.AF_INET6 if ":" in vard else socket.AF_INET
            socket.create_server((vard, int(port)), family=familj).close()
            return
        except OSError as fel:
            if fel.errno != errno.EADDRINUSE:
                sys.exit(f"Det går inte att lyssna på {bind}: {fel.strerror}. Välj en annan port: ./start --port 8001")
            if time.monotonic() > slut:
                sys.exit(
                    f"Port {port} används redan. Stäng det andra programmet, eller välj en annan: ./start --port 8001"
                )
            time.sleep(0.3)


def main():
    kommando = tolka(sys.argv[1:])
    avbryt_vid_signal()
    bind = f"127.0.0.1:{kommando.port}" if kommando.port else os.environ.get("BIND") or "127.0.0.1:8000"
    if kommando.namn == "demo":
        krav_pa_ledig_port(bind)
    egen_mapp = EGEN_MAPP.get(kommando.namn, "")
    data = datamapp(egen_mapp)
    with igang(data, sakert=kommando.namn != "test", ensam=bool(egen_mapp)) as egna:
        miljo = miljovariabler(os.environ, egna, data, bind)
        if kommando.namn == "test":
            return kor_tester(kommando.argument, miljo)
        if kommando.namn == "run":
            return kor(kommando.argument, miljo)
        return kor(["python", "manage.py", kommando.namn, *kommando.argument], miljo)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
