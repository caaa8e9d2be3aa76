"""What the people of a random room are called, and what they say: in many scripts."""

from __future__ import annotations

from typing import Final

#: Display names: Latin, Cyrillic, Greek, Arabic, Hebrew, Devanagari, Thai, Japanese, Korean,
#: Chinese, Bengali, Vietnamese, and emoji, some of them joined (ZWJ) or with skin tones.
NICKNAMES: Final = (
    "Mara", "Joost van Dijk", "the.real.pip", "Łukasz", "Zoë 🌷", "Søren", "Çağla", "Ánh Tuyết",
    "nobody_special", "Big Ron 💪🏽", "Íñigo", "x_luna_x", "Frau Holle", "DJ Toast 🍞", "Ngân Hà",
    "Аня", "Дмитро 🇺🇦", "Светлана К.", "кот на окне 🐈", "Петър", "Ελένη", "Γιώργος ☀️",
    "سارة", "أبو خالد", "نور ✨", "محمد من حلب", "فاطمه گل", "زین",
    "נועה", "אורי ⚽", "תמר מחיפה", "राहुल", "प्रिया 🪔", "दादी जी", "মিতালী",
    "สมชาย", "น้องฟ้า ☁️", "ส้มโอ", "さくら🌸", "ケンタ", "夜更かし猫", "ゆず茶",
    "민지", "하늘이 ☁️", "부산사나이", "小雨", "阿強", "月亮不睡覺 🌙", "李雷",
    "👩‍🚀 Cosmo", "🏳️‍🌈 Robin", "👨‍👩‍👧‍👦 Fam Okoro", "🧑🏿‍🎤 Teju", "🦊🦊🦊",
    "❤️‍🔥", "\u200e", "٠٠٧",
)  # fmt: skip

#: What their handles are made of.
HANDLES: Final = (
    "mara", "joost", "pip", "lukasz", "zoe", "soren", "cagla", "tuyet", "ron", "luna", "holle",
    "toast", "anya", "dmytro", "sveta", "kot", "eleni", "giorgos", "sara", "khaled", "noor",
    "fatma", "noa", "uri", "tamar", "rahul", "priya", "mitali", "somchai", "fah", "sakura",
    "kenta", "yuzu", "minji", "haneul", "xiaoyu", "qiang", "lilei", "cosmo", "robin", "okoro",
)  # fmt: skip

#: Comments with the language that a client would report.
COMMENTS: Final = (
    ("en", "hello from the night shift"), ("en", "first time here, what did I miss?"),
    ("en", "the sound is a bit low today"), ("en", "😂😂😂"), ("en", "gg"), ("en", "W"),
    ("en", "can you say hi to my sister? it's her birthday 🎂"),
    ("en", "that lamp behind you has seen things"), ("en", "brb, kettle's on ☕"),
    ("en", "I have been waiting for this stream all week and the bus was late of course"),
    ("de", "Grüße aus Gießen!"), ("de", "wie heißt das Lied?"), ("de", "moin zusammen 👋"),
    ("fr", "ça marche très bien, merci"), ("fr", "coucou de Besançon"), ("es", "¡qué bonito!"),
    ("es", "saludos desde Logroño ❤️"), ("pt", "que saudade dessa live"), ("it", "ciao a tutti 🍝"),
    ("pl", "dzień dobry, jak się macie?"), ("tr", "çok güzel olmuş, eline sağlık"),
    ("vi", "chào cả nhà, hôm nay vui quá"), ("sv", "hej på er, kaffe någon?"),
    ("ru", "всем привет из Томска"), ("ru", "а что играет?"), ("uk", "дуже гарно, дякую 💛💙"),
    ("el", "καλησπέρα σε όλους"), ("bg", "поздрави от Варна"),
    ("ar", "مساء الخير يا جماعة"), ("ar", "الصوت واضح الحمد لله 🌹"), ("fa", "سلام از شیراز"),
    ("ar", "كم مشاهد الآن؟ 100 أو أكثر؟"), ("he", "ערב טוב לכולם"), ("he", "מה השיר הזה? song #2?"),
    ("hi", "नमस्ते दिल्ली से 🙏"), ("hi", "आवाज़ साफ़ आ रही है"), ("bn", "শুভ সন্ধ্যা সবাইকে"),
    ("th", "สวัสดีค่ะทุกคน"), ("th", "ขอเพลงช้าหน่อยได้ไหมครับ"), ("ja", "こんばんは〜"),
    ("ja", "その曲、大好きです！"), ("ja", "初見です、よろしくお願いします🙇‍♀️"),
    ("ko", "안녕하세요 처음 왔어요"), ("ko", "오늘도 수고하셨어요 ㅎㅎ"),
    ("zh", "晚上好，大家吃了吗？"), ("zh", "主播辛苦了"), ("zh", "第一次來，請多指教 🙏"),
    ("un", "👏🏽👏🏻👏🏿"), ("un", "🧑‍🍳💋"), ("un", "🫶"), ("un", "👨‍👩‍👧‍👦❤️‍🔥"),
    ("en", "1 < 2 && 3 > 2 \"quoted\" \\o/"),
)  # fmt: skip

#: What viewers ask the broadcaster.
QUESTIONS: Final = (
    "How long have you been doing this?", "Wann kommt der nächste Stream?", "どこの出身ですか？",
    "ما هي أغنيتك المفضلة؟", "что посоветуете новичку?", "¿cuál es tu plato favorito?",
)  # fmt: skip

#: What is heard in the room, for captions.
SPEECH: Final = (
    "welcome everybody, take a seat", "thank you so much for the roses",
    "so where were we yesterday", "let me show you this one again", "oh, that is a good question",
)  # fmt: skip
