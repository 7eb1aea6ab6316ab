"""The budget of the plan of 2019, as it is printed there (doman.md M055–M100), in tkr."""

# block, line, page, category, outcome 2018 (preliminary; None where the plan has none), budget 2019
RADER_2019 = (
    ("ledning", "Förbundschef och projektuppdrag Ung Arena", "", "ledning", 650, 510),
    ("ledning", "Resor i tjänsten", "", "ledning", 15, 25),
    ("ledning", "GDPR – dataskyddsombudsavtal Gullspång", "", "ledning_adm", 25, 25),
    ("ledning", "Revisionsbiträde", "", "ledning_adm", 53, 55),
    ("ledning", "Ekonomihantering – köp av Mariestad", "", "ledning_adm", 33, 35),
    ("insatser", "Utvecklingsplatser Pre-rehab/Maria Nova", "sid 6", "individ", 1200, 1200),
    ("insatser", "Utvecklingsplatser Pre-rehab AMU Töreboda", "sid 7", "individ", 450, 450),
    ("insatser", "Utvecklingsplatser Pre-rehab Gullspång", "sid 8", "individ", 250, 250),
    ("insatser", "Ung Arena", "sid 11", "individ", 700, 200),
    ("insatser", "Grön rehab/Pre-rehab – Rörsås Lantliv", "sid 9", "individ", 150, 150),
    ("insatser", "Grönt jobbspår Pre-rehab – Sötåsen", "sid 10", "individ", 0, 150),
    ("insatser", "Upprop för ett friskare Norra Skaraborg", "sid 12", "struktur", 330, 330),
    ("insatser", "Kompetensutveckling personal – KUR", "sid 14", "struktur", 45, 70),
    ("insatser", "UMA-Utveckling sociala företag", "", "struktur", 45, 0),
    ("insatser", "Våld i nära relation", "sid 13", "struktur", 66, 65),
    ("insatser", "Goda exempel – utmärkelser", "sid 15", "struktur", 8, 10),
    ("insatser", "Utvecklingsmedel, ej beslutade", "", "ej_beslutat", None, 300),
    ("ovrigt", "Samverkansdag MTG", "", "struktur", 15, 20),
    ("ovrigt", "Styrelse", "", "ledning", 130, 140),
    ("ovrigt", "Konferenser/utbildning styrelse", "", "ledning", 15, 30),
    (
        "ovrigt", "Köpta externa tjänster: SUS och www.samverkanvg.se, KUR (contio), MUCF-ansökan", "", "ovrigt",
        35, 10,
    ),
    ("ovrigt", "Övrigt", "", "ovrigt", 17, 20),
)  # fmt: skip
# line: what more the plan says of it
MER_2019 = {
    # Printed (-700) and not in the sum; both individual and structural, and counted wholly as individual.
    "Ung Arena": {"memo": ["foregaende"], "andel_individ": 100, "insats": "ung-arena"},
    "Grön rehab/Pre-rehab – Rörsås Lantliv": {"ny": True, "insats": "rorsas-lantliv"},
    "Grönt jobbspår Pre-rehab – Sötåsen": {"ny": True, "insats": "gront-jobbspar-sotasen"},
    "UMA-Utveckling sociala företag": {"avslutas": True},
    # The associations of Skaraborg share these; Norra Skaraborg pays 15 percent of them.
    "Kompetensutveckling personal – KUR": {
        "gemensamt_totalt": "466666.67",
        "gemensam_andel": 15,
        "insats": "kur-kompetensutveckling-psykisk-halsa",
    },
    "Våld i nära relation": {"gemensamt_totalt": "433333.33", "gemensam_andel": 15, "insats": "vald-i-nara-relation"},
    "Upprop för ett friskare Norra Skaraborg": {"insats": "upprop-for-ett-friskare-norra-skaraborg"},
    "Goda exempel – utmärkelser": {"insats": "det-goda-exemplet"},
    "Utvecklingsplatser Pre-rehab/Maria Nova": {"insats": "maria-nova"},
    "Utvecklingsplatser Pre-rehab AMU Töreboda": {"insats": "amu-toreboda"},
    "Utvecklingsplatser Pre-rehab Gullspång": {"insats": "ame-gullspang"},
}
# member, kind, percent of the municipalities' quarter, 2018, 2019; kronor
BIDRAG = (
    ("Staten (AF/FK)", "stat", None, 1_794_000, 1_746_000),
    ("Hälso- och sjukvårdsnämnden Skaraborg", "region", None, 897_000, 873_000),
    ("Mariestads kommun", "kommun", 60, 538_200, 524_000),
    ("Töreboda kommun", "kommun", 25, 224_250, 218_000),
    ("Gullspångs kommun", "kommun", 15, 134_550, 131_000),
)
OVRIGA_INTAKTER = "Intäkter ESF, Ung Arena"
PLANEN_2019 = tuple((rubrik, kategori, budget) for _, rubrik, _, kategori, _, budget in RADER_2019)
