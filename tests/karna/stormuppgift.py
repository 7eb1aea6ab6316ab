"""What the storm's worker does (test_jobbstorm.py). The worker imports this module when it starts."""

import datetime
import os
import time

from samordning.karna import filer, jobb

if sekunder := os.environ.get("STORM_LEASE"):  # in the worker only: a test cannot wait for the real lease
    jobb.LEASE = datetime.timedelta(seconds=float(sekunder))
    jobb.PULS_SEKUNDER = float(sekunder) / 4
    jobb.FORSOK = 20  # the same job may happen to be hit by every kill


def innehall(nr):
    return f"Rapport {nr}\n".encode() * 20_000


def gor(arbete):
    """Work for a good second, then publish one file."""
    nr = arbete.parametrar["nr"]
    for procent in range(0, 100, 10):
        jobb.framsteg(arbete, procent, "Räknar")
        time.sleep(0.12)
    with jobb.publicera(arbete) as klart:
        fil = filer.spara(innehall(nr), f"rapport-{nr}.csv", person=nr % 2 == 0)
        time.sleep(0.1)  # a kill here leaves a file without a row
        fil.godkann()
        klart({"fil": fil.pk})
