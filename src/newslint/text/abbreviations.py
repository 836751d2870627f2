"""The abbreviations of each language, and the words that open its sentences.

Plain Python data: parsing a file at start-up would cost more than all of its uses in a small run. Entries
stand without their last full stop. They are written in lower case and meet a word in any case but all
capitals, which is an acronym ("ING", "EST"); entries in capitals meet just that ("MM", "EE").
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple


class Abbreviations(NamedTuple):
    """The abbreviations of one language, by what they let follow.

    Attributes:
        titles: stand before a name or a word and never end a sentence ("Mme", "vgl").
        numbered: abbreviations before a number, words before anything else ("art. 5", "the art.").
        closing: may end a sentence ("etc", "inc"): they do where an opener or a particle follows.
        openers: words, in lower case, that hardly ever have a capital within a sentence. An entry that ends
            in an apostrophe is an elided form ("c'").
        particles: words that open sentences but also stand in names ("Le Pen"): they prove nothing after an
            initial.
        ordinals: whether a number takes a full stop as an ordinal ("3. Oktober").
    """

    titles: frozenset[str]
    numbered: frozenset[str]
    closing: frozenset[str]
    openers: frozenset[str]
    particles: frozenset[str]
    ordinals: bool


# Met in articles of every language.
_COMMON_TITLES = "dr mgr mr mrs ms prof"
_COMMON_CLOSING = "co corp etc inc jr ltd sr st vs"

_TITLES = {
    "fr": "M MM mm mme mmes mlle mlles me pr ste cf chap éd env av ex",
    "en": "messrs mx sgt lt gen col capt cmdr maj adm sen rep gov rev hon pres supt det insp atty cf",
    "es": "D sra sres sras srta dra profa dña lic ing arq gral cnel ud uds vd vds mons excmo excma ilmo hno av "
    "avda EE FF JJ CC RR p.ej aprox cf",
    "de": "hr fr frl hrn dipl ing bzw vgl evtl ggf sog geb gest z u d i.d.r inkl exkl bspw hl jur med phil rer "
    "nat gen ev kath",
    "it": "sig sigg sig.ra sig.na dott dott.ssa dr.ssa prof.ssa avv ing arch geom rag on sen mons rev cav comm "
    "gen col cap magg cfr p.es ss",
    "pt": "D sra srs sras srta dra drs profa exmo exma eng arq gen cel cap ten sto sta av aprox p.ex cf",
    "nl": "drs ir ing mevr dhr mw mej ds jhr prof.dr resp bijv zgn vgl gen kol",
}
_NUMBERED = {
    "fr": "p pp n no nos art al fig vol t tél",
    "en": "no nos p pp vol fig ch sec art para approx ca est ext",
    "es": "p pp pág págs núm núms nro art arts fig vol cap ca tel",
    "de": "nr abs art abb bd kap ca max mind mio mrd tel",
    "it": "n nn p pp pag pagg art artt vol fig cap sez ca tel",
    "pt": "p pp pág págs n nº núm art arts fig vol cap ca tel",
    "nl": "nr nrs p pp blz art fig ca max min tel",
}
_CLOSING = {
    "fr": "apr cie janv févr avr juil sept oct nov déc",
    "en": "bros llc plc ave blvd rd ph.d al jan feb mar apr aug sept sep oct nov dec ariz calif colo conn fla "
    "mich minn neb nev okla tenn wis",
    "es": "UU OO AA cía",
    "de": "usw usf str mio mrd jh jhd jan febr feb aug sept okt nov dez",
    "it": "ecc s.p.a",
    "pt": "exa ltda cia",
    "nl": "enz nv bv mln mld str n.chr v.chr jl jan feb febr apr aug sept okt nov dec",
}
_OPENERS = {
    "fr": "les un une ce cet cette ces c' il ils elle elles on nous vous je j' mais et ou or donc car si s' son "
    "sa ses leur leurs dans en sur sous pour par avec sans selon après avant depuis pendant à au aux qu' "
    "que qui quand comme cependant toutefois ainsi alors aussi puis enfin",
    "en": "a an the this that these those it its he she they we you his her their our but and or so if when "
    "while as at in on by for from to with after before since there then now however although though "
    "because despite later",
    "es": "un una este esta estos estas ese esa eso esto él ella ellos ellas pero y en por para con sin según "
    "cuando como si su sus se no también tras desde hasta además aunque ya lo así luego después",
    "de": "die das ein eine einen einem einer er sie es wir ihr ich dieser diese dieses und aber oder doch in "
    "im am an auf aus bei mit nach seit vor für durch wenn als während da so nun dann auch nicht dabei "
    "damit zudem laut danach später",
    "it": "i gli un una uno un' questo questa questi queste quello quella ma e o in nel nella nei per con su "
    "sul sulla tra fra secondo dopo prima quando come se suo sua non anche si è ha poi così inoltre",
    "pt": "um uma este esta estes estas esse essa isso isto ele ela eles elas mas em no na nos nas por para com "
    "sem segundo quando como se seu sua não também após desde até além já depois então",
    "nl": "een dit dat die deze hij zij ze we wij ik je u en maar of aan bij met na naar om over uit voor "
    "volgens toen als er dan nu ook niet daarom hierdoor daarna",
}
_PARTICLES = {
    "fr": "le la l' d' de du des",
    "es": "el la los las de del",
    "de": "der von van zu",
    "it": "il lo la le l' d' de del della dell' di da",
    "pt": "o a os as de do da dos das",
    "nl": "de van der den ten ter het in op",
}
_ORDINALS = "bs cs da de et fi hr hu is lv nb nn no pl sk sl sr tr"


@cache
def abbreviations(language: str | None) -> Abbreviations:
    """What is known about a language.

    Args:
        language: a language tag ("fr", "pt-BR"), or None when it is not known.

    Returns:
        The tables of the tag's primary language; for one without tables, what every language shares.
    """
    primary = (language or "").replace("_", "-").partition("-")[0].lower()

    def words(table: dict[str, str], shared: str = "") -> frozenset[str]:
        return frozenset(f"{shared} {table.get(primary, '')}".split())

    return Abbreviations(
        titles=words(_TITLES, _COMMON_TITLES),
        numbered=words(_NUMBERED),
        closing=words(_CLOSING, _COMMON_CLOSING),
        openers=words(_OPENERS),
        particles=words(_PARTICLES),
        ordinals=primary in _ORDINALS.split(),
    )
