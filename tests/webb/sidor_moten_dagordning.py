"""Pages that the browser looks at: the agenda and what fills it; see test_sidor.py."""

DAGORDNING = "/organ/ > /organ/<pk>/ > /moten/<pk>/dagordning/"
PAGAR = "/moten/?mina=on > /moten/<pk>/dagordning/"  # the demo's meeting of today
FASTA = "/organ/ > /organ/<pk>/ > /organ/<pk>/fasta-punkter/"

SIDOR = [
    ("/moten/", "kansli", "Kommande"),
    ("/moten/", "styrelse", "Har varit"),
    (DAGORDNING, "kansli", "Punkter"),
    (f"{DAGORDNING} > /moten/<pk>/punkter/ny/", "kansli", "Lägg till punkten"),
    (f"{DAGORDNING} > /moten/<pk>/underlag/nytt/", "kansli", "Spara filen"),
    (f"{DAGORDNING} > /moten/<pk>/nasta/", "kansli", "ästa möte"),
    (f"{PAGAR} > /punkter/<pk>/", "kansli", "Text i dagordningen"),
    (f"{PAGAR} > /punkter/<pk>/ta-bort/", "kansli", "Ta bort"),
    (f"{DAGORDNING} > /moten/<pk>/stall-in/", "kansli", "Ställ in"),
    (FASTA, "kansli", "Fasta punkter"),
    (f"{PAGAR} > /organ/<pk>/fasta-punkter/ > /fasta-punkter/<pk>/", "kansli", "Spara"),
    (f"{FASTA} > /organ/<pk>/fasta-punkter/ny/", "kansli", "Spara punkten"),
    ("/onskade-punkter/", "kansli", "Väntar på ett möte"),
    ("/onskade-punkter/ny/", "kansli", "Önska en punkt"),
    ("/samtalsfragor/", "kansli", "Frågebank"),
    ("/samtalsfragor/ny/", "kansli", "Lägg till en fråga"),
    ("/samtalsfragor/ > /samtalsfragor/<pk>/", "kansli", "Ändra frågan"),
    ("/onskade-punkter/ > /onskade-punkter/<pk>/ta-inte-upp/", "kansli", "Varför tas den inte upp?"),
]
INGA_SIDOR = {"moten:underlag_fil": "a file"}
