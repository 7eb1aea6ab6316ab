"""Pages that the browser looks at: (address, role, a word that is there); see test_sidor.py.

The demo has no budget year until the budget is built, so pages of one year and of a scenario are seen in the stories.
"""

SIDOR = [
    ("/ekonomi/", "kansli", "Lägg till ett år"),
    ("/ekonomi/", "styrelse", "Ekonomi"),
    ("/ekonomi/ar/nytt/", "ekonom", "Budgetens rader"),
    ("/ekonomi/rekvisitioner/", "partsforetradare", "Rekvisitioner"),
    ("/ekonomi/rekvisitioner/?lage=betald", "ekonom", "Rekvisitioner"),
    ("/ekonomi/rekvisitioner/ > /ekonomi/rekvisitioner/ny/<pk>/", "partsforetradare", "Spara utkastet"),
    ("/ekonomi/scenarier/", "kansli", "Scenarier"),
    ("/ekonomi/scenarier/nytt/", "kansli", "Nytt scenario"),
    ("/ekonomi/scenarier/jamfor/", "ekonom", "Jämför scenarier"),
]
