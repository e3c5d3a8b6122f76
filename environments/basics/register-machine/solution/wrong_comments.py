import sys

text = sys.stdin.read()
source, _, rest = text.partition("---\n")
inputs = [int(word) for word in rest.split()]
lines = source.splitlines()
labels = {line[:-1]: i for i, line in enumerate(lines) if line.endswith(":")}
regs = dict.fromkeys("abcdefgh", 0)


def val(word):
    return regs[word] if word in regs else int(word)


i = 0
steps = 0
while i < len(lines):
    words = lines[i].split()
    i += 1
    if not words or words[0].endswith(":"):
        continue
    steps += 1
    if steps > 10000:
        print("too long")
        sys.exit(4)
    try:
        if words[0] == "halt":
            break
        elif words[0] == "set":
            regs[words[1]] = val(words[2])
        elif words[0] == "add":
            regs[words[1]] += val(words[2])
        elif words[0] == "sub":
            regs[words[1]] -= val(words[2])
        elif words[0] == "mul":
            regs[words[1]] *= val(words[2])
        elif words[0] == "div":
            regs[words[1]] = int(regs[words[1]] / val(words[2]))
        elif words[0] == "mod":
            regs[words[1]] = regs[words[1]] % val(words[2])
        elif words[0] == "in":
            regs[words[1]] = inputs.pop(0)
        elif words[0] == "out":
            print(val(words[1]))
        elif words[0] == "jmp":
            i = labels[words[1]]
        elif words[0] == "jz":
            if val(words[1]) == 0:
                i = labels[words[2]]
        elif words[0] == "jneg":
            if val(words[1]) < 0:
                i = labels[words[2]]
        else:
            print("bad line", i)
            sys.exit(2)
    except (ZeroDivisionError, IndexError):
        print("error at line", i)
        sys.exit(3)
