import sys
import textwrap


def main():
    args = sys.argv[1:]
    if len(args) > 1 or (args and (not args[0].isdigit() or int(args[0]) < 1)):
        return 2
    width = int(args[0]) if args else 40
    path = []
    outline = []
    for number, line in enumerate(sys.stdin.read().split("\n"), start=1):
        words = line.split()
        if not words:
            continue
        if words[0] == "-" * len(words[0]):
            level = len(words[0])
            if level > len(path) + 1:
                print(f"bad line {number}")
                return 2
            path = path[:level] + [0] * (level - len(path))
            path[-1] += 1
            outline.append([list(path), words[1:]])
        elif outline:
            outline[-1][1] += words
        else:
            print(f"bad line {number}")
            return 2
    for path, words in outline:
        label = "  " * (len(path) - 1) + ".".join(map(str, path)) + ". "
        text = textwrap.fill(
            " ".join(words),
            width,
            initial_indent=label,
            subsequent_indent=" " * len(label),
            break_long_words=False,
        )
        print(text or label.rstrip())
    return 0


sys.exit(main())
