"""Who may open what in uppfoljning; see tests/test_access.py."""

from samordning.karna.models import Roll

SER = {"kansli", "forbundschef", "insatspersonal"}
INTERN = {"anonym": 302, "egen_personal": 200} | {roll: 200 if roll in SER else 403 for roll in Roll.values}

MATRIS = {
    "uppfoljning:utfall": ("get", None, INTERN),
    # Staff who are listed nowhere have no figures to fetch.
    "uppfoljning:utfall_json": ("get", None, INTERN | {"insatspersonal": 400}),
}
