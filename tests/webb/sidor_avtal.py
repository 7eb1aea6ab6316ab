"""Pages that the browser looks at: (address, role, a word that is there); see test_sidor.py."""

AVTAL = "/avtal/ > /avtal/<pk>/"
FORLANGNING = f"{AVTAL} > /uppfoljning/forlangning/<pk>/"
RAPPORTEN = "/avtal/lagesrapporter/ > /avtal/lagesrapporter/<pk>/"

SIDOR = [
    (RAPPORTEN, "insatspersonal", "Lägesrapport"),
    (f"{RAPPORTEN} > /avtal/lagesrapporter/<pk>/skriv/", "insatspersonal", "Lämna in"),
    ("/avtal/", "kansli", "Per budgetår"),
    ("/avtal/?q=finnsinte", "styrelse", "Inget avtal passar"),
    (AVTAL, "kansli", "Perioder"),
    (AVTAL, "partsforetradare", "Perioder"),
    (FORLANGNING, "kansli", "förlängning"),
    ("/avtal/lagesrapporter/", "kansli", "Lägesrapporter"),
    ("/avtal/lagesrapporter/", "insatspersonal", "Lägesrapporter"),
    ("/avtal/lagesrapporter/", "styrelse", "Lägesrapporter"),
]
