import re
import sys

LONGEST = 20


def main() -> None:
    """Print the bars."""
    votes: dict[str, int] = {}
    for line in sys.stdin.read().split("\n"):
        match = re.fullmatch(r" *(.*?) *(?:\*([0-9]+))? *", line)
        assert match, "every line has this form"
        name, count = match[1].lower(), int(match[2] or 1)
        if name and count:
            votes[name] = votes.get(name, 0) + count
    most = max(votes.values(), default=0)
    width = max(map(len, votes), default=0)
    for name in sorted(votes, key=lambda name: (-votes[name], name)):
        count = votes[name]
        length = count if most <= LONGEST else max(1, LONGEST * count // most)
        print(f"{name:{width}} | {'#' * length} {count}")
    if not votes:
        print("nothing")


main()
