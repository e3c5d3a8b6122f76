import sys


def rounded(cents: int) -> str:
    """Return the amount as it is paid in cash."""
    paid = (abs(cents) + 2) // 5 * 5
    sign = "-" if cents < 0 and paid else ""
    return f"{sign}{paid // 100}.{paid % 100:02}"


for line in sys.stdin:
    print(rounded(int(line)))
