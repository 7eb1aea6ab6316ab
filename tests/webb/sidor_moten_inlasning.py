"""Pages that the browser looks at: old minutes that are read in; see test_sidor.py."""

LISTAN = "/inlasning/"
VANTAR = f"{LISTAN}?lage=fragor > /inlasning/<pk>/"  # the demo's file that waits for answers
SPARAD = f"{LISTAN}?lage=inlast > /inlasning/<pk>/"

SIDOR = [
    (LISTAN, "kansli", "Sparad som möte"),
    (f"{LISTAN}ny/", "kansli", "Klistra in anteckningarna"),
    (VANTAR, "kansli", "Originalet"),
    (f"{VANTAR} > /inlasning/<pk>/ta-bort/", "kansli", "Ska filen tas bort"),
    (SPARAD, "kansli", "Stavningar att känna igen"),
    (f"{SPARAD} > /inlasning/<pk>/angra/", "kansli", "Ska inläsningen ångras"),
]
INGA_SIDOR = {
    "moten:inlasning_fil": "a download",
    "moten:mote_original": "a download",
    "moten:inlasning_las": "a button",
    "moten:inlasning_spara_klara": "a button",
}
