"""Names of invented people by nationality, from a seed: as passports write them, and in Hangul where they have one."""

from dataclasses import dataclass
from random import Random

from kis.cases.search_keys import name_key


@dataclass(frozen=True)
class Stock:
    """What names of a nationality are put together from; `local` pairs with them where there is a Hangul name."""

    families: tuple[str, ...]
    given: tuple[str, ...]
    most: int = 2
    joined: str = ""
    local: tuple[tuple[str, ...], tuple[str, ...]] | None = None


HANGUL = (
    ("김", "이", "박", "최", "정", "강", "조", "윤", "장", "임", "한", "오", "서", "신", "권", "황", "안", "송", "류", "홍"),
    ("민", "수", "지", "영", "현", "준", "서", "연", "은", "하", "진", "우", "혜", "정", "미", "경", "성", "호", "선", "철"),
)  # fmt: skip
ROMAN = (
    ("KIM", "LI", "PIAO", "CUI", "ZHENG", "JIANG", "ZHAO", "YIN", "ZHANG", "LIN", "HAN", "WU", "XU", "SHEN", "QUAN", "HUANG", "AN", "SONG", "LIU", "HONG"),
    ("MIN", "XIU", "ZHI", "YING", "XIAN", "JUN", "XU", "YAN", "YIN", "HE", "ZHEN", "YU", "HUI", "ZHENG", "MEI", "JING", "CHENG", "HAO", "SHAN", "ZHE"),
)  # fmt: skip
KOREAN_CHINESE = Stock(*ROMAN, local=HANGUL)
STOCKS = {
    "CHN": Stock(
        ("WANG", "LI", "ZHANG", "LIU", "CHEN", "YANG", "XU", "HU", "MA", "ZHU", "GUO", "HE", "LUO", "SUN", "GAO", "ZHAO"),
        ("WEI", "FANG", "NA", "MIN", "JING", "LEI", "TAO", "YU", "XIN", "HUA", "PING", "LI", "QIANG", "YAN", "JUAN", "BO", "CHAO", "MEI"),
    ),
    "VNM": Stock(
        ("NGUYỄN", "TRẦN", "LÊ", "PHẠM", "HOÀNG", "HUỲNH", "PHAN", "VŨ", "VÕ", "ĐẶNG", "BÙI", "ĐỖ", "HỒ", "NGÔ"),
        ("THỊ", "VĂN", "LAN", "NAM", "HOA", "MINH", "ANH", "HƯƠNG", "ĐẠT", "NGỌC", "TRÂM", "QUANG", "THU", "KIM", "LINH", "TUẤN"),
        3,
        " ",
    ),
    "UZB": Stock(
        ("KARIMOV", "TURAEV", "SAIDOV", "RAKHIMOV", "YUSUPOV", "ALIYEV", "ISMOILOV", "UMAROV"),
        ("AZIZ", "DILNOZA", "RUSTAM", "NARGIZA", "SHERZOD", "MALIKA", "JASUR", "LOLA", "ULUGBEK", "KAMOLA"),
    ),
    "USA": Stock(
        ("MILLER", "BAKER", "LEE", "SMITH", "JOHNSON", "KIM", "PARK", "GARCIA", "O'NEIL", "TAYLOR"),
        ("ANNA", "PETER", "DAVID", "SARAH", "MIN JI", "JAMES", "EMILY", "DANIEL", "GRACE", "SOPHIA"),
        2,
        " ",
    ),
    "PHL": Stock(
        ("SANTOS", "REYES", "CRUZ", "BAUTISTA", "OCAMPO", "GARCIA", "MENDOZA", "DELA CRUZ"),
        ("MARIA", "JOSE", "GRACE", "ANGELICA", "MARK", "JOY", "RICHARD", "LIZA"),
        2,
        " ",
    ),
    "NPL": Stock(
        ("GURUNG", "RAI", "THAPA", "SHRESTHA", "TAMANG", "MAGAR", "LAMA"),
        ("SITA", "BIKASH", "MAYA", "RAM", "SUNITA", "DIPAK", "KUMAR", "BAHADUR"),
        2,
        " ",
    ),
    "RUS": Stock(
        ("IVANOVA", "KIM", "PETROV", "TSOI", "PAK", "SMIRNOV", "VOLKOVA", "LIGAI"),
        ("OLGA", "SERGEY", "ELENA", "DMITRII", "ANNA", "VLADIMIR", "NATALIA", "IRINA"),
    ),
    "IND": Stock(
        ("SHARMA", "PATEL", "RAO", "SINGH", "KUMAR", "GUPTA", "NAIR", "DAS"),
        ("PRIYA", "ARUN", "KAVITA", "RAHUL", "ANITA", "VIJAY", "DEEPA", "RAJ"),
    ),
    "JPN": Stock(
        ("TANAKA", "SATO", "SUZUKI", "YAMADA", "ITO", "KOBAYASHI", "MORI", "HAYASHI"),
        ("YUKI", "KENJI", "HARUKA", "TAKASHI", "MIKI", "NAOMI", "DAICHI", "SAKURA"),
        1,
    ),
    "TWN": Stock(
        ("LIN", "HUANG", "CHEN", "CHANG", "WU", "TSAI", "HSU", "YEH"),
        ("MEI", "CHIA", "HAO", "YU", "TING", "WEN", "JU", "HSIN"),
        2,
        "-",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Name:
    family: str
    given: str
    local: str | None

    @property
    def key(self) -> str:
        return name_key(self.family, self.given, self.local)


def name_of(nationality: str, chance: Random) -> Name:
    """One name; of those from China every third is that of a Korean-Chinese, with its Hangul."""
    if nationality == "CHN" and chance.random() < 1 / 3:
        return paired(KOREAN_CHINESE, chance)
    stock = STOCKS.get(nationality, STOCKS["USA"])
    parts = [chance.choice(stock.given) for _ in range(1 + int(chance.random() * stock.most))]
    return Name(chance.choice(stock.families), stock.joined.join(dict.fromkeys(parts)), None)


def paired(stock: Stock, chance: Random) -> Name:
    """A name whose Hangul is read as its Latin letters are."""
    families, given = stock.local or ((), ())
    family = int(chance.random() * len(stock.families))
    places = [int(chance.random() * len(stock.given)) for _ in range(2)]
    latin = "".join(stock.given[place] for place in places)
    return Name(stock.families[family], latin, families[family] + "".join(given[place] for place in places))
