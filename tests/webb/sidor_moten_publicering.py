"""Pages that the browser looks at: publication of records, and what the public reads; see test_sidor.py."""

PUBLICERA = "/start/ > /moten/<pk>/publicera/"  # the demo's record that is ready to be looked through
ANSLAGET = "/anslag/ > /protokoll/<pk>/ > /moten/<pk>/"  # the board's record on the notice board, as the kansli sees it

SIDOR = [
    ("/protokoll/", None, "Beslut och anteckningar"),
    ("/protokoll/?q=delårsrapport", None, "Träffar på"),
    ("/protokoll/ > /protokoll/<pk>/", None, "[dolt] berättade"),
    ("/anslag/", None, "Sista dag att överklaga"),
    ("/protokoll/ > /protokoll/<pk>/", "ekonom", "Närvaro"),
    ("/protokoll/ > /protokoll/<pk>/", "kansli", "Så granskades det"),
    (PUBLICERA, "kansli", "Kim Alm"),
    (f"{ANSLAGET} > /moten/<pk>/anslag/", "kansli", "Spara anslaget"),
]
INGA_SIDOR = {
    "moten:mote_ratta": "tests/moten/test_publicering.py; asks as mote_stall_in does",
    "moten:anslag_bevis": "a file; tests/moten/test_anslag.py",
    "moten:protokoll_fil": "a file; tests/moten/test_publicering.py",
}
