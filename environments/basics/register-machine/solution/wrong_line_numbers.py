import re
import sys

OPERANDS = {
    "set": "RV", "add": "RV", "sub": "RV", "mul": "RV", "div": "RV", "mod": "RV",
    "in": "R", "out": "V", "jmp": "L", "jz": "VL", "jneg": "VL", "halt": "",
}
PATTERNS = {"R": r"[a-h]", "V": r"[a-h]|-?[0-9]+", "L": r"[a-z][a-z0-9_]*"}

lines = sys.stdin.read().split("\n")
inputs = []
if "---" in lines:
    split = lines.index("---")
    inputs = [int(word) for word in " ".join(lines[split + 1 :]).split()]
    lines = lines[:split]
lines = [line.split("#")[0].strip() for line in lines]
lines = [line for line in lines if line]

program = []
labels = {}
faults = []
for number, line in enumerate(lines, start=1):
    words = line.split()
    if len(words) == 1 and re.fullmatch(r"[a-z][a-z0-9_]*:", words[0]):
        if words[0][:-1] in labels:
            faults.append(number)
        labels[words[0][:-1]] = len(program)
        continue
    kinds = OPERANDS.get(words[0])
    if kinds is None or len(kinds) != len(words) - 1:
        faults.append(number)
    elif not all(re.fullmatch(PATTERNS[k], w) for k, w in zip(kinds, words[1:])):
        faults.append(number)
    else:
        program.append((number, words))
for number, words in program:
    if words[0] in ("jmp", "jz", "jneg") and words[-1] not in labels:
        faults.append(number)
if faults:
    print("bad line", min(faults))
    sys.exit(2)

regs = {name: 0 for name in "abcdefgh"}


def val(text):
    return regs[text] if text in regs else int(text)


pc = 0
steps = 0
while pc < len(program):
    if steps == 10000:
        print("too long")
        sys.exit(4)
    steps += 1
    number, words = program[pc]
    pc += 1
    op = words[0]
    if op == "halt":
        break
    elif op == "set":
        regs[words[1]] = val(words[2])
    elif op == "add":
        regs[words[1]] += val(words[2])
    elif op == "sub":
        regs[words[1]] -= val(words[2])
    elif op == "mul":
        regs[words[1]] *= val(words[2])
    elif op in ("div", "mod"):
        if val(words[2]) == 0:
            print("error at line", number)
            sys.exit(3)
        x, y = regs[words[1]], val(words[2])
        quotient = abs(x) // abs(y)
        if (x < 0) != (y < 0):
            quotient = -quotient
        regs[words[1]] = quotient if op == "div" else x - y * quotient
    elif op == "in":
        if not inputs:
            print("error at line", number)
            sys.exit(3)
        regs[words[1]] = inputs.pop(0)
    elif op == "out":
        print(val(words[1]))
    elif op == "jmp":
        pc = labels[words[1]]
    elif op == "jz" and val(words[1]) == 0:
        pc = labels[words[2]]
    elif op == "jneg" and val(words[1]) < 0:
        pc = labels[words[2]]
