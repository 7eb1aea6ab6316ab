"""Pages that the browser looks at: (address, role, a word that is there); see test_sidor.py."""

HJUL = "/ekonomi/arshjul/"
AR = f"{HJUL} > /ekonomi/arshjul/2019/"
DAG = f"{HJUL} > /ekonomi/arshjul/dagar/<pk>/"
REGLER = f"{HJUL} > /ekonomi/arshjul/regler/"

SIDOR = [
    (HJUL, "kansli", "Alla dagar"),
    (AR, "styrelse", "16 februari 2019 är en lördag"),
    ("/ekonomi/arshjul/nytt/", "kansli", "Så blir"),
    ("/ekonomi/arshjul/2019/ny-dag/", "kansli", "Spara dagen"),
    (DAG, "ekonom", "Om dagen"),
    (f"{DAG} > /ekonomi/arshjul/dagar/<pk>/andra/", "kansli", "Spara dagen"),
    (REGLER, "beredning", "Veckan före"),
    (f"{REGLER} > /ekonomi/arshjul/regler/<pk>/", "kansli", "Spara regeln"),
    ("/ekonomi/arshjul/regler/ny/", "kansli", "Spara regeln"),
]
INGA_SIDOR = {
    "ekonomi:hjul_kalender": "a file for calendar programs",
    "ekonomi:hjul_mote_panel": "a box of the page where a meeting is changed",
    "ekonomi:hjul_faststall": "test_vagen_genom_aret; the demo's wheels are decided",
    "ekonomi:hjulpost_flytta": "test_vagen_genom_aret; the demo's first days are done",
}
