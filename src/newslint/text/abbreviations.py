"""What each language says about a full stop after a short word: abbreviations and the words that open sentences.

Plain Python data, because a start-up hook pays for every file format that must be parsed. Entries are written without
their last full stop and compared in lower case; words that are as common as the abbreviation they look like
("art", "no", "fig") stand under ``numbered``, where only a number after them makes them one.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True)
class Abbreviations:
    """The abbreviations of one language, by what a capital after them means.

    Attributes:
        titles: stand before a name ("Dr."): the sentence goes on.
        numbered: stand before a number ("p. 12"): before anything else they are words.
        closing: may end a sentence ("etc.", "a.m."): it ends where a word of ``openers`` follows.
        openers: words, in lower case, that have a capital only at the start of a sentence. A word that
            ends in an apostrophe stands for its elided form ("c'").
        particles: openers that also occur inside names ("Le Pen"): they prove nothing after a title or an initial.
        ordinals: whether a number takes a full stop as an ordinal ("3. Oktober").
    """

    titles: frozenset[str] = frozenset()
    numbered: frozenset[str] = frozenset()
    closing: frozenset[str] = frozenset()
    openers: frozenset[str] = frozenset()
    particles: frozenset[str] = frozenset()
    ordinals: bool = False


# Understood in every language, whatever the article's own.
_COMMON_TITLES = "dr mr mrs ms prof st"
_COMMON_CLOSING = "etc vs inc ltd co corp jr sr"

_TITLES = {
    "fr": "mm mme mmes mlle mlles mgr me pr ste cie cf chap éd env av tél ex",
    "en": "messrs mx sgt lt gen col capt cmdr maj adm sen rep gov rev hon pres supt det insp atty cf ca approx est e.g i.e",
    "es": "sra sres sras srta dra profa d dña lic ing arq gral cnel ud uds vd vds mons excmo excma ilmo hno av avda ee ff jj "
    "cc rr p.ej p.e aprox cf tel",
    "de": "hr fr frl hrn dipl ing mag ca bzw vgl evtl ggf sog geb gest st z u d s i.d.r z.b d.h u.a zit inkl exkl bspw "
    "mind max tel hl jur med phil rer nat gen ev kath",
    "it": "sig sigg sig.ra sig.na dott dott.ssa prof.ssa avv ing arch geom rag on sen mons rev cav comm gen col cap magg "
    "cfr es p.es ca s ss",
    "pt": "sra srs sras srta dra drs profa exmo exma eng arq d gen cel cap ten sto sta av aprox p.ex tel",
    "nl": "drs ir ing mevr dhr mw mej ds jhr prof.dr resp ca bijv bv nl zgn i.p.v i.v.m t.o.v m.b.t d.w.z o.a o.l.v jl "
    "vgl gen kol",
}
_NUMBERED = {
    "fr": "p pp n no nos art al fig vol t chap §",
    "en": "no nos p pp vol fig ch sec art para jan feb mar apr aug sept sep oct nov dec",
    "es": "p pp pág págs núm núms n nro art arts fig vol cap tomo",
    "de": "nr s abs art abb bd kap tel jan febr feb aug sept okt nov dez",
    "it": "n nn p pp pag pagg art artt vol fig cap sez",
    "pt": "p pp pág págs n nº núm art arts fig vol cap",
    "nl": "nr nrs p pp blz art fig jan feb febr apr aug sept okt nov dec",
}
_CLOSING = {
    "fr": "janv févr avr juil sept oct nov déc apr",
    "en": "bros llc plc ave blvd rd ph.d d.c al jan feb mar apr aug sept sep oct nov dec",
    "es": "uu oo aa s.a cía",
    "de": "usw usf u.ä o.ä str mio mrd jh jhd jan febr feb aug sept okt nov dez",
    "it": "ecc s.p.a a.c d.c",
    "pt": "exa s.a ltda cia",
    "nl": "enz nv e.d e.a mln mld st str n.chr v.chr jan feb febr apr aug sept okt nov dec",
}
_OPENERS = {
    "fr": "les l' un une ce cet cette ces c' il ils elle elles on nous vous je j' mais et ou or donc car si s' son sa ses leur "
    "leurs dans en sur sous pour par avec sans selon après avant depuis pendant à au aux qu' que qui quand comme plus "
    "cependant toutefois ainsi alors aussi puis enfin",
    "en": "a an the this that these those it its he she they we you his her their our but and or so if when while as at in "
    "on by for from to with after before since there then now however although though because despite",
    "es": "los las un una este esta estos estas ese esa eso esto él ella ellos ellas pero y en por para con sin según cuando "
    "como si su sus se no también tras desde hasta además aunque ya lo así",
    "de": "die das ein eine einen einem einer er sie es wir ihr ich dieser diese dieses und aber oder doch in im am an auf "
    "aus bei mit nach seit vor für durch wenn als während da so nun dann auch nicht dabei damit zudem laut",
    "it": "i gli un una uno questo questa questi queste quello quella ma e o in nel nella nei per con su sul sulla tra fra "
    "secondo dopo prima quando come se suo sua non anche si è ha poi così inoltre",
    "pt": "o a um uma este esta estes estas esse essa isso isto ele ela eles elas mas em no na nos nas por para com sem "
    "segundo quando como se seu sua não também após desde até além já",
    "nl": "een dit dat die deze hij zij ze het we wij ik je u en maar of in op aan bij met na naar om over uit van voor "
    "volgens toen als er dan nu ook niet daarom hierdoor",
}
_PARTICLES = {
    "fr": "le la l' d' de du des",
    "en": "",
    "es": "el la los las de del",
    "de": "der von van zu",
    "it": "il lo la le l' d' de del della dell' di da",
    "pt": "o a os as de do da dos das",
    "nl": "de van der den ten ter het in op",
}
# Languages outside the seven that also write ordinals with a full stop; their words are not known here.
_ORDINAL_LANGUAGES = frozenset("de da nb nn no fi et lv cs sk sl hr sr bs hu pl tr is".split())


@cache
def abbreviations(language: str | None) -> Abbreviations:
    """What is known about a language.

    Args:
        language: a language tag ("fr", "pt-BR"), or None when it is not known.

    Returns:
        The entry of the tag's primary language; for an unknown one only what every language shares.
    """
    code = (language or "").replace("_", "-").partition("-")[0].lower()

    def words(table: dict[str, str], shared: str = "") -> frozenset[str]:
        return frozenset(f"{shared} {table.get(code, '')}".split())

    particles = words(_PARTICLES)
    return Abbreviations(
        titles=words(_TITLES, _COMMON_TITLES),
        numbered=words(_NUMBERED),
        closing=words(_CLOSING, _COMMON_CLOSING),
        openers=words(_OPENERS) | particles,
        particles=particles,
        ordinals=code in _ORDINAL_LANGUAGES,
    )
