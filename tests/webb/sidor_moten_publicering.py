"""Pages that the browser looks at: publication of records, and what the public reads; see test_sidor.py."""

SIDOR = [
    ("/protokoll/", None, "Beslut och anteckningar"),
    ("/protokoll/?q=delårsrapport", None, "Träffar på"),
    ("/protokoll/ > /protokoll/<pk>/", None, "Publicerat"),
    ("/anslag/", None, "Inget protokoll är anslaget just nu"),
    ("/protokoll/ > /protokoll/<pk>/", "revisor", "Närvaro"),
]
INGA_SIDOR = {
    "moten:publicera": "the browser story of the meetings goes through it",
    "moten:mote_ratta": "tests/moten/test_publicering.py; asks as mote_stall_in does",
    "moten:anslag_edit": "tests/moten/test_publicering.py; one form of three fields",
    "moten:protokoll_fil": "a file; tests/moten/test_publicering.py",
}
