"""Names of countries in four languages."""

from mmm_core.slugs import plain_letters

# ISO 3166 code, then names in English, German, French and Spanish as far as they differ, and longer codes.
_COUNTRIES = """
AT austria österreich autriche aut
AU australia australien australie aus
BE belgium belgien belgique bélgica bel
BR brazil brasilien brésil brasil bra
CA canada kanada canadá can
CH switzerland schweiz suisse suiza che
CZ czechia tschechien tchéquie chequia cze
DE germany deutschland allemagne alemania deu ger
DK denmark dänemark danemark dinamarca dnk
ES spain spanien espagne españa esp
FI finland finnland finlande finlandia fin
FR france frankreich francia fra
GB united_kingdom uk great_britain england vereinigtes_königreich großbritannien royaume_uni reino_unido gbr
IE ireland irland irlande irlanda irl
IN india indien inde ind
IT italy italien italie italia ita
JP japan japon japón jpn
MX mexico mexiko mexique méxico mex
NL netherlands niederlande pays_bas países_bajos holland nld
NO norway norwegen norvège noruega nor
PL poland polen pologne polonia pol
PT portugal prt
SE sweden schweden suède suecia swe
US united_states usa vereinigte_staaten états_unis estados_unidos united_states_of_america
"""

_CODES = {
    plain_letters(name): code
    for code, *names in (line.split() for line in _COUNTRIES.strip().splitlines())
    for name in (code, *names)
}


def country_code(text: str) -> str:
    """ISO 3166 code of a country's name or code; the text in capitals when it is not known."""
    return _CODES.get("_".join(plain_letters(text).replace("-", " ").split()), text.strip().upper())
