import random

LONG = (
    *("re^mem^ber^ing", "ho^tel", "pa^ra^graph", "half-light", "well-^known", "to-and-fro"),
    *("in^ter^na^tion^al", "a^way", "over^^seas", "un^hap^pi^ly", "No.~12", "Mr.~Ol^sen"),
    *("Stra^ßen^bahn^hal^te^stel^le", "1-2", "x-", "^odd^", "end^ed", "mid-sea^son-like"),
)
SHORT = ("a", "I", "of", "and", "sea", "the", "left", "it", "or", "^", "10~m")
ENDS = (".", "!", '."', '?"', ".)", '!")', ",", ":", '"', ")", ".-")


def generate(rng: random.Random) -> dict:
    share = rng.choice((0.3, 0.6, 0.95))
    words = []
    for _ in range(rng.choice((3, 6, 10, 16))):
        word = rng.choice(LONG if rng.random() < share else SHORT)
        if rng.random() < 0.35:
            word += rng.choice(ENDS)
        words.append(word)
    text = "".join(word + rng.choice((" ", " ", " ", "  ", "\n")) for word in words).rstrip()
    first, rest = rng.choice((("", ""), ("* ", "  "), ("", "    "), ("12. ", ""), ("> ", "> ")))
    width = rng.choice((6, 7, 8, 9, 9, 10, 11, 12, 14, 18, 24, 32))
    if rng.random() < 0.03:
        width = max(len(first), len(rest))
    return {"kind": "call", "function": "set_paragraph", "args": [text, width, first, rest]}
