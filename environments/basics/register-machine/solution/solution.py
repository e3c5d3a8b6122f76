import re
import sys

STEP_LIMIT = 10_000
LABEL = "[a-z][a-z0-9_]*"
REGISTER = "[a-h]"
VALUE = f"{REGISTER}|-?[0-9]+"
OPERANDS = {
    "set": (REGISTER, VALUE),
    "add": (REGISTER, VALUE),
    "sub": (REGISTER, VALUE),
    "mul": (REGISTER, VALUE),
    "div": (REGISTER, VALUE),
    "mod": (REGISTER, VALUE),
    "in": (REGISTER,),
    "out": (VALUE,),
    "jmp": (LABEL,),
    "jz": (VALUE, LABEL),
    "jneg": (VALUE, LABEL),
    "halt": (),
}
JUMPS = ("jmp", "jz", "jneg")


class Fault(Exception):
    """Ends the machine with a message and an exit status."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status


def check_instruction(words: list[str]) -> bool:
    """Return whether the words are an instruction with the right operands."""
    patterns = OPERANDS.get(words[0])
    if patterns is None or len(patterns) != len(words) - 1:
        return False
    return all(re.fullmatch(*pair) for pair in zip(patterns, words[1:], strict=True))


def load(lines: list[str]) -> tuple[list[tuple[int, list[str]]], dict[str, int]]:
    """Return the numbered instructions, and for each label the place it stands before."""
    code: list[tuple[int, list[str]]] = []
    labels: dict[str, int] = {}
    bad = []
    for number, line in enumerate(lines, 1):
        words = [word for word in line.partition("#")[0].split(" ") if word]
        if not words:
            continue
        if len(words) == 1 and re.fullmatch(f"{LABEL}:", words[0]):
            label = words[0][:-1]
            if label in labels:
                bad.append(number)
            labels[label] = len(code)
        elif check_instruction(words):
            code.append((number, words))
        else:
            bad.append(number)
    bad += [number for number, words in code if words[0] in JUMPS and words[-1] not in labels]
    if bad:
        raise Fault(f"bad line {min(bad)}", 2)
    return code, labels


def divide(dividend: int, divisor: int) -> int:
    """Return the quotient, rounded towards zero."""
    quotient = abs(dividend) // abs(divisor)
    return quotient if (dividend < 0) == (divisor < 0) else -quotient


def calculate(word: str, left: int, right: int) -> int:
    """Return what an instruction of two operands leaves in its register."""
    match word:
        case "set":
            return right
        case "add":
            return left + right
        case "sub":
            return left - right
        case "mul":
            return left * right
        case "div":
            return divide(left, right)
        case _:
            return left - right * divide(left, right)


def run(lines: list[str], numbers: list[int]) -> None:
    """Run the program in the lines on the input numbers."""
    code, labels = load(lines)
    registers = dict.fromkeys("abcdefgh", 0)
    inputs = iter(numbers)

    def value(operand: str) -> int:
        return registers[operand] if operand in registers else int(operand)

    place = steps = 0
    while place < len(code):
        if steps == STEP_LIMIT:
            raise Fault("too long", 4)
        steps += 1
        number, words = code[place]
        place += 1
        try:
            match words:
                case ["halt"]:
                    return
                case ["out", operand]:
                    print(value(operand))
                case ["in", register]:
                    registers[register] = next(inputs)
                case ["jmp", label]:
                    place = labels[label]
                case ["jz", operand, label]:
                    place = labels[label] if value(operand) == 0 else place
                case ["jneg", operand, label]:
                    place = labels[label] if value(operand) < 0 else place
                case [word, register, operand]:
                    registers[register] = calculate(word, registers[register], value(operand))
        except (StopIteration, ZeroDivisionError):
            raise Fault(f"error at line {number}", 3) from None


def main() -> int:
    """Run the program on standard input and return the exit status."""
    lines = sys.stdin.read().split("\n")
    end = lines.index("---") if "---" in lines else len(lines)
    numbers = [int(word) for line in lines[end + 1 :] for word in line.split()]
    try:
        run(lines[:end], numbers)
    except Fault as fault:
        print(fault)
        return fault.status
    return 0


sys.exit(main())
