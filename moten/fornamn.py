"""Common first names in Sweden, for the look before a record is published: a sentence may begin with one.

Names that are also common first words of a sentence (Bo, Liv, Love, My, Per, Sten, Stig) are left out.
"""

_NAMN = """
adam adrian agnes agneta ahmad ahmed aisha aleksandra alexander alexandra alfred algot ali alice alicia alma alva
amanda amina amir ana anders andrea andreas anette anita anja ann anna anneli annelie annette annica annika anton
arvid asta astrid august axel barbro bengt berit bertil bilal birger birgit birgitta björn britt britta camilla carina
carl carolina caroline catarina catharina cecilia charlotta charlotte christer christian christina christoffer claes
clara conny cornelia dagmar daniel daniela david dennis diana ebba edit edith edvin edward elias elin elina elisabet
elisabeth ella ellen ellinor elsa elvira emelie emil emilia emma emmy eric erik erika erland ernst ester eva evelina
fadi fadumo fanny farah fatima fatuma felicia felix filip filippa frans fredrik freja frida fritz gabriel gabriella
georg gerd gerda greta gudrun gun gunborg gunilla gunnar gunnel gustaf gustav göran gösta hampus hanna hannah hans
harald harry hassan hedvig helen helena helene helge henric henrik henry hilda hilma hjalmar hugo hussein ibrahim ida
ines inga ingeborg ingegerd inger ingrid ingvar irene iris isabella isak jacob jakob jan jane jasmin jennifer jenny
jens jesper jessica jimmy joakim joel johan johanna johannes john johnny jonas jonatan josef josefin josefine judith
julia julius jörgen kaj kajsa kalle karim karin karl karolina katarina kenneth kent kerstin kevin khaled kim kjell
klara klas kristian kristin kristina kristoffer kurt lars lasse leif leila lena lennart leo leon leyla liam lilly lina
linda linn linnea linus lisa lisbeth lotta louise lova lovisa lucas ludvig lukas maja malin malva marcus margareta
margit margot maria mariam marianne marie marina markus marta martin martina maryam mathias mathilda matilda mats
mattias maud max melker mia micael michael mikael milo miriam moa mohamed mohammad mohammed mona monica monika
muhammad mustafa märta nadia natalia natalie nathalie nellie nelly niclas niklas nils nina noah nora nour olga olivia
olle olof oscar oskar ove patricia patrik paul peder pelle per-olof pernilla peter petra philip pia pontus ragnar
rania rasmus rebecca rebecka reza rickard rikard robert robin roger roland rolf ronja rosa rune rut ruth saga sahra
salma sam samir samuel sandra sanna sara sebastian selma signe sigrid simon siv sofia sofie solveig sonja stefan
stella stina sture sune susanna susanne svante sven sylvia sören tage theo theodor therese thomas tilda tilde tina
tobias tomas torbjörn tord tore torsten tove tuva ulf ulla ulrika urban ursula valter vanja vera victor victoria vidar
viggo viktor viktoria vilgot vilhelm vilma vincent viola viveka vivianne walter wilhelm william wilma yasmin yngve
yusuf yvonne zahra zainab zeinab åke åsa örjan östen
"""
FORNAMN = frozenset(_NAMN.split())
