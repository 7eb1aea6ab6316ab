"""The stays behind the written figures of 2023: Mofalla Lantgård and Rörsås Lantliv.

Received, ended, positive exits and who went to work are those of the beredningsgrupp's notes (doman.md M216, M217);
the rest is invented around them. One line is one stay:
sex, birth year, start, exit, exit code, health, treatment, hours, income at start, at exit, municipality, referrer.
Health and hours are start/exit; "-" was not collected and 0 is "vill ej svara".
"""

MOFALLA = """
K 1979 2022-10-03 2023-03-31 vidare_insats    3/6 9  0/15 FK     FK    1472 FK
M 1968 2022-11-14 2023-05-26 arbete           4/7 8  4/24 AF     LON   1472 AF
K 1988 2023-01-09 2023-06-02 studier          3/7 9  4/24 FORS   STUD  1472 KOMMUN
K 1974 2023-01-16 2023-06-16 vidare_insats    2/5 8  0/12 FK     FK    1472 VARD
K 1995 2023-01-30 2023-07-14 vidare_insats    4/6 10 4/16 AKTERS AKTERS 1472 VARD
M 1983 2023-02-06 2023-08-11 vidare_insats    3/5 8  6/16 FORS   FORS  1472 KOMMUN
K 1966 2023-02-13 2023-06-30 fullfoljd        3/4 7  0/6  FK     FK    1472 FK
K 1991 2023-03-20 2023-09-29 forsamrad_halsa  3/2 6  2/2  FK     FK    1493 VARD
K 1985 2023-04-11 2023-10-13 avbrott_eget     5/6 8  4/8  FORS   FORS  1472 KOMMUN
M 1990 2023-05-02 2023-11-24 fullfoljd        4/5 7  6/8  FORS   FORS  1493 KOMMUN
K 1971 2023-08-21 2024-02-23 vidare_insats    3/6 9  0/14 FK     FK    1472 FK
K 1998 2023-09-04 2024-03-15 jobbsok          4/7 9  4/20 FORS   AF    1472 KOMMUN
K 1980 2023-10-02 2024-04-12 fullfoljd        2/3 8  0/6  FK     FK    1472 VARD
M 1976 2023-10-16 2024-05-03 vidare_insats    4/6 8  4/15 AF     AF    1472 AF
M 1993 2023-11-13 2024-05-31 avbrott_insats   5/5 6  6/8  FORS   FORS  1493 KOMMUN
"""

RORSAS = """
K 1984 2022-10-10 2022-12-16 fullfoljd        3/5 8  4/10 FK     FK    1493 VARD
M 1970 2022-10-17 2022-12-09 avbrott_eget     4/- 7  4/4  AF     AF    1493 AF
K 1977 2022-10-24 2023-02-24 vidare_insats    3/6 9  0/12 FK     FK    1493 VARD
K 1992 2022-11-07 2023-03-03 fullfoljd        4/5 8  4/8  FK     FK    1493 FK
M 1981 2022-11-21 2023-03-24 vidare_insats    3/5 8  4/16 FORS   FORS  1473 KOMMUN
K 1969 2023-01-09 2023-04-28 arbete           4/8 10 8/30 FK     LON   1493 FK
K 1986 2023-01-09 2023-05-05 vidare_insats    2/5 8  0/12 FK     FK    1493 VARD
K 1994 2023-01-16 2023-05-12 fullfoljd        3/5 8  0/9  FK     FK    1493 VARD
K 1973 2023-01-23 2023-05-19 vidare_insats    3/6 9  4/15 FORS   FORS  1447 KOMMUN
M 1965 2023-01-30 2023-06-02 fullfoljd        5/5 7  6/8  AF     AF    1493 AF
K 1989 2023-02-06 2023-04-14 forsamrad_halsa  3/1 7  2/0  FK     FK    1493 VARD
K 1999 2023-02-13 2023-06-16 vidare_insats    4/7 9  4/18 AKTERS AKTERS 1493 VARD
K 1978 2023-02-27 2023-06-30 fullfoljd        4/4 8  4/8  FK     FK    1473 FK
K 1982 2023-03-13 2023-07-07 vidare_insats    3/6 8  0/14 FK     FK    1493 VARD
K 1996 2023-03-27 2023-05-26 avbrott_eget     4/- -  4/4  FORS   FORS  1493 KOMMUN
K 1961 2023-04-03 2023-08-18 fullfoljd        3/4 8  0/6  FK     FK    1493 FK
K 1987 2023-04-17 2023-09-01 vidare_insats    4/6 9  6/16 FORS   FORS  1447 KOMMUN
M 1990 2023-05-08 2023-08-11 avbrott_eget     5/0 6  8/8  FORS   FORS  1493 KOMMUN
K 1975 2023-05-15 2023-09-15 forsamrad_halsa  4/3 7  4/2  FK     FK    1493 VARD
K 1993 2023-05-29 2023-10-06 avbrott_insats   3/3 6  4/4  VES    VES   1473 AF
K 1980 2023-08-14 2024-01-19 vidare_insats    3/6 9  0/12 FK     FK    1493 VARD
K 1967 2023-08-28 2024-02-02 fullfoljd        4/5 8  4/10 FK     FK    1493 FK
K 1997 2023-09-11 2024-02-16 studier          3/7 9  4/24 FORS   STUD  1493 KOMMUN
M 1972 2023-09-18 2024-03-01 vidare_insats    4/6 8  6/18 AF     AF    1493 AF
K 1985 2023-10-02 2024-03-08 vidare_insats    2/5 8  0/10 FK     FK    1447 VARD
K 1991 2023-10-23 2024-03-22 forsamrad_halsa  4/3 7  4/2  FK     FK    1493 VARD
M 1988 2023-11-20 2024-04-19 jobbsok          5/7 8  8/24 AF     AF    1473 AF
"""

AR_2023 = {"mofalla-lantgard": MOFALLA, "rorsas-lantliv": RORSAS}
