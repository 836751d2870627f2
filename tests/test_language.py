"""The language of a text, and lines in another language than their article."""

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newslint.text import wordtable
from newslint.text.language import LANGUAGES, SAMPLE, canonical, detect, foreign

TABLE = Path(wordtable.__file__).with_name("data") / "languages.bin"

OWN = {
    "fr": "Le conseil municipal a voté hier soir un budget qui prévoit davantage de pistes cyclables.",
    "en": "The city council voted last night for a budget that pays for more cycle lanes.",
    "es": "El ayuntamiento aprobó anoche unas cuentas que prevén más carriles para bicicletas.",
    "de": "Der Stadtrat hat gestern Abend einen Haushalt beschlossen, der mehr Radwege vorsieht.",
    "it": "Il consiglio comunale ha approvato ieri sera un bilancio che prevede nuove piste ciclabili.",
    "pt": "A câmara municipal aprovou ontem à noite um orçamento que prevê mais ciclovias.",
    "nl": "De gemeenteraad keurde gisteravond een begroting goed die meer fietspaden mogelijk maakt.",
    "pl": "Rada miasta przyjęła wczoraj wieczorem budżet, który przewiduje więcej ścieżek rowerowych.",
    "sv": "Kommunfullmäktige antog i går kväll en budget som ger pengar till fler cykelbanor.",
    "da": "Byrådet vedtog i aftes et budget, der giver penge til flere cykelstier i byen.",
    "nb": "Bystyret vedtok i går kveld et budsjett som gir penger til flere sykkelveier.",
    "cs": "Zastupitelstvo včera večer schválilo rozpočet, který počítá s novými cyklostezkami.",
    "sk": "Zastupiteľstvo včera večer schválilo rozpočet, ktorý počíta s novými cyklotrasami.",
    "hr": "Gradsko vijeće sinoć je usvojilo proračun koji predviđa više biciklističkih staza.",
    "sl": "Mestni svet je sinoči sprejel proračun, ki predvideva več kolesarskih stez.",
    "fi": "Kaupunginvaltuusto hyväksyi eilen illalla talousarvion, joka tuo lisää pyöräteitä.",
    "hu": "A városi közgyűlés tegnap este elfogadta a költségvetést, amely több kerékpárutat ígér.",
    "tr": "Belediye meclisi dün akşam daha fazla bisiklet yolu öngören bütçeyi kabul etti.",
    "ro": "Consiliul local a aprobat aseară un buget care prevede mai multe piste pentru biciclete.",
    "ca": "L'ajuntament va aprovar ahir al vespre un pressupost que preveu més carrils per a bicicletes.",
    "id": "Dewan kota tadi malam menyetujui anggaran yang menyediakan lebih banyak jalur sepeda.",
    "ru": "Городской совет вчера вечером принял бюджет, в котором больше денег на велодорожки.",
    "uk": "Міська рада вчора ввечері ухвалила бюджет, у якому більше грошей на велодоріжки.",
    "bg": "Общинският съвет прие снощи бюджет, който предвижда повече велосипедни алеи.",
    "sr": "Градско веће је синоћ усвојило буџет који предвиђа више бициклистичких стаза.",
    "ar": "وافق مجلس المدينة مساء أمس على ميزانية تتضمن مزيدا من مسارات الدراجات.",
    "fa": "شورای شهر دیشب بودجه‌ای را تصویب کرد که مسیرهای بیشتری برای دوچرخه دارد.",
    "el": "Το δημοτικό συμβούλιο ενέκρινε χθες το βράδυ έναν προϋπολογισμό με περισσότερους ποδηλατόδρομους.",
    "he": "מועצת העיר אישרה אמש תקציב שכולל עוד שבילי אופניים.",
    "hi": "नगर परिषद ने कल रात साइकिल पथ के लिए बजट पारित किया।",
    "th": "สภาเมืองอนุมัติงบประมาณเมื่อคืนนี้",
    "zh": "市议会昨晚通过了增加自行车道的预算。",
    "ja": "市議会は昨夜、自転車道を増やす予算を可決した。",
    "ko": "시의회는 어젯밤 자전거 도로를 늘리는 예산을 통과시켰다.",
}

CAPTIONS = {
    "en": [
        "A fisherman mends his nets on the quay in Saint-Malo.",
        "Children play in a fountain during the heatwave in Lyon.",
        "The mayor cuts the ribbon of the new library.",
    ],
    "fr": [
        "Un pêcheur répare ses filets sur le quai de Saint-Malo.",
        "Des enfants jouent dans une fontaine pendant la canicule à Lyon.",
        "Le maire coupe le ruban de la nouvelle bibliothèque.",
    ],
    "es": [
        "Un pescador arregla sus redes en el muelle de Saint-Malo.",
        "Unos niños juegan en una fuente durante la ola de calor en Lyon.",
        "El alcalde corta la cinta de la nueva biblioteca.",
    ],
    "de": [
        "Ein Fischer flickt seine Netze am Kai von Saint-Malo.",
        "Kinder spielen während der Hitzewelle in einem Brunnen in Lyon.",
        "Der Bürgermeister durchschneidet das Band der neuen Bibliothek.",
    ],
    "it": [
        "Un pescatore ripara le reti sul molo di Saint-Malo.",
        "Alcuni bambini giocano in una fontana durante l'ondata di caldo a Lione.",
        "Il sindaco taglia il nastro della nuova biblioteca.",
    ],
    "pt": [
        "Um pescador conserta as suas redes no cais de Saint-Malo.",
        "Crianças brincam numa fonte durante a onda de calor em Lyon.",
        "O presidente da câmara corta a fita da nova biblioteca.",
    ],
    "nl": [
        "Een visser herstelt zijn netten op de kade van Saint-Malo.",
        "Kinderen spelen in een fontein tijdens de hittegolf in Lyon.",
        "De burgemeester knipt het lint van de nieuwe bibliotheek door.",
    ],
}

SILENT = {
    "fr": [
        "Le film « The Silence of the Harbour » sort mercredi dans les salles.",
        "Marta Álvarez de la Fuente, Jürgen von Hohenberg, Sinéad O'Leary",
        "Manchester City - Borussia Dortmund : 2-2",
        "La Süddeutsche Zeitung et le Washington Post en parlent ce matin.",
        "« We will be back », a lancé le chanteur aux spectateurs.",
        "Spaghetti alla puttanesca, risotto ai funghi, panna cotta",
        "Bank of America, Deutsche Telekom et Banco Santander",
        "Le slogan “Stronger together for a better tomorrow” a fait sourire la salle.",
        "Plus d'informations : https://www.example.org/the-news-of-the-day.html",
        "Tél. 01 02 03 04 05, 12 km, 30 min, 15 kg",
    ],
    "en": [
        "Rue du Faubourg Saint-Honoré, Place de la Concorde",
        "The chef serves crème brûlée and boeuf bourguignon to the mayor.",
        "Médecins Sans Frontières said on Tuesday it would leave the camp.",
        'He shouted "no pasarán" and walked off the stage.',
        "São Paulo, Belo Horizonte and Rio de Janeiro",
    ],
    "de": ["Das Meeting war ein Flop, das Feedback aber war richtig gut.", "Work-Life-Balance, Home-Office, New Work"],
    "es": ["La Generalitat de Catalunya y el Ajuntament de Barcelona firman el acuerdo."],
}


def test_table_is_small_and_knows_its_languages():
    table = wordtable.load()
    assert set(table.languages) <= set(LANGUAGES)
    french = table.languages.index("fr")
    assert french in dict(table.words.find("maison"))
    assert table.words.find("xqzwvk") == []
    assert TABLE.stat().st_size < 3_600_000


@pytest.mark.parametrize("data", [b"", b"NLT1", b"PNG?" * 10, TABLE.read_bytes()[:-4]])
def test_damaged_table_is_refused(data):
    with pytest.raises(ValueError, match="table"):
        wordtable.WordTable(data)


@pytest.mark.parametrize("language", OWN)
def test_detects(language):
    guess = detect(OWN[language])
    assert guess.language == language
    assert guess.confidence > 0.9


@pytest.mark.parametrize("text", ["", "2024", "?!", "Anna Kowalska, Juan Pérez, Yusuf Demir", "qwz xkcd vbnm zzxy"])
def test_cannot_tell(text):
    assert detect(text).language is None


def test_capitals_and_decomposed_accents_are_the_same_text():
    assert detect(OWN["fr"].upper()).language == "fr"
    assert detect("L'e\u0301te\u0301 a e\u0301te\u0301 tre\u0300s chaud dans la re\u0301gion.").language == "fr"


def test_candidates_restrict():
    assert detect(OWN["pt"], ["pt-BR", "es"]).language == "pt"
    assert detect(OWN["ru"], ["fr", "en"]).language is None
    assert foreign(CAPTIONS["de"][0], "fr", ["en", "es"]) is None


def test_tags():
    assert [canonical(tag) for tag in ("fr-FR", "pt_BR", "no", "NL", "xx")] == ["fr", "pt", "nb", "nl", None]


@pytest.mark.parametrize("host", ["fr", "en", "es"])
@pytest.mark.parametrize("language", CAPTIONS)
def test_foreign_captions(host, language):
    for caption in CAPTIONS[language]:
        evidence = foreign(caption, host)
        if language == host:
            assert evidence is None
        else:
            assert evidence is not None
            assert evidence.language == language
            assert evidence.confidence > 0.8
            assert evidence.foreign_words > evidence.host_words


@pytest.mark.parametrize(("host", "text"), [(host, text) for host, texts in SILENT.items() for text in texts])
def test_names_titles_and_quotations_are_silent(host, text):
    assert foreign(text, host) is None


@pytest.mark.parametrize("language", OWN)
def test_own_language_is_silent(language):
    assert foreign(OWN[language], language) is None


def test_serbian_in_latin_letters_is_serbian():
    assert foreign("Gradsko veće je sinoć usvojilo budžet koji predviđa više staza.", "sr") is None


@pytest.mark.parametrize(("host", "language"), [("fr", "ru"), ("en", "el"), ("ru", "en"), ("zh", "en"), ("fr", "ar")])
def test_other_script(host, language):
    evidence = foreign(OWN[language], host)
    assert evidence is not None
    assert evidence.language == language


@pytest.mark.parametrize(
    ("host", "text"),
    [
        ("fr", "Владимир Иванов, Киев"),
        ("el", "Microsoft Windows, Samsung Galaxy, Google Pixel"),
        ("ja", "東京都知事選挙結果発表"),
        ("zh", "iPhone 15 Pro Max 发布"),
        ("xx", CAPTIONS["en"][0]),
    ],
)
def test_other_script_or_host_that_tells_nothing(host, text):
    assert foreign(text, host) is None


@pytest.mark.parametrize("unit", [CAPTIONS["en"][0] + " ", "«", "«a", "a" * 100 + "@", "Москва ", "e\u0301 "])
def test_cost_is_bounded(unit):
    text = unit * (5_000_000 // len(unit))
    detect(text[:SAMPLE])
    start = time.perf_counter()
    detect(text)
    foreign(text, "fr")
    assert time.perf_counter() - start < 0.5


@settings(max_examples=150, deadline=None)
@given(st.text(), st.sampled_from([*LANGUAGES, "no", "", "x-y"]))
def test_any_text(text, host):
    guess = detect(text)
    assert 0 <= guess.confidence <= 1
    assert guess.language is None or guess.language in LANGUAGES
    evidence = foreign(text, host)
    if evidence is not None:
        assert 0 <= evidence.confidence <= 1
        assert evidence.language in LANGUAGES
        assert evidence.language != canonical(host)
