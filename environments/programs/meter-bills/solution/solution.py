import itertools
import re
import sys
from typing import NamedTuple

READING = re.compile(r"([A-Z][0-9]{2});([0-9]{1,4});([0-9]{3,8})(?:;([en]?))?")
PRICE = re.compile(r"price;([0-9]{1,6});([0-9]{1,4})")


class Reading(NamedTuple):
    """What a meter showed on a day."""

    day: int
    count: str
    mark: str


class Usage(NamedTuple):
    """What a meter has used."""

    units: int
    odd: int
    estimated: bool
    single: bool


Meters = dict[str, dict[int, Reading]]
Prices = dict[int, int]


def between(earlier: Reading, later: Reading) -> int | None:
    """Return what was used between two readings, or None if they do not go together."""
    if later.mark == "n":
        return 0
    if len(earlier.count) != len(later.count):
        return None
    used = int(later.count) - int(earlier.count)
    if used < 0 and later.mark != "e":
        used += 10 ** len(later.count)
    return None if used < 0 else used


def usage(readings: dict[int, Reading]) -> Usage:
    """Return what a meter has used by its readings."""
    ordered = [readings[day] for day in sorted(readings)]
    sure = max((each.day for each in ordered if each.mark != "e"), default=-1)
    kept = [each for each in ordered if each.mark != "e" or each.day > sure]
    used = [between(*pair) for pair in itertools.pairwise(kept)]
    units = sum(each for each in used if each is not None)
    return Usage(units, used.count(None), kept[-1].mark == "e", len(kept) == 1)


def cost(units: int, prices: Prices) -> int:
    """Return what a number of units costs in cents."""
    starts = sorted(prices)
    total = 0
    for start, end in itertools.zip_longest(starts, starts[1:], fillvalue=units):
        total += max(0, min(end, units) - start) * prices[start]
    return total


def read(text: str) -> tuple[Meters, Prices, int]:
    """Return the readings by meter and day, the prices, and the number of faulty lines."""
    meters: Meters = {}
    prices: Prices = {}
    faulty = 0
    for whole in text.split("\n"):
        line = ";".join(field.strip(" ") for field in whole.split(";"))
        if not line:
            continue
        reading, price = READING.fullmatch(line), PRICE.fullmatch(line)
        if reading and int(reading[2]) not in meters.get(reading[1], {}):
            day = int(reading[2])
            meters.setdefault(reading[1], {})[day] = Reading(day, reading[3], reading[4] or "")
        elif price and int(price[1]) not in prices:
            prices[int(price[1])] = int(price[2])
        else:
            faulty += 1
    return meters, prices, faulty


def describe(meter: str, used: Usage, prices: Prices) -> str:
    """Return the line for a meter."""
    cents = cost(used.units, prices)
    told = f"{meter} {used.units} {cents // 100}.{cents % 100:02d}"
    told += f" odd {used.odd}" * bool(used.odd)
    return told + " estimated" * used.estimated + " single" * used.single


def main() -> int:
    """Print the bills and return the exit status."""
    arguments = sys.argv[1:]
    least = 0
    if arguments:
        if (
            len(arguments) != 2
            or arguments[0] != "--min"
            or not re.fullmatch("[0-9]+", arguments[1])
        ):
            return 2
        least = int(arguments[1])
    meters, prices, faulty = read(sys.stdin.read())
    found = {meter: usage(meters[meter]) for meter in sorted(meters)}
    shown = {meter: used for meter, used in found.items() if used.units >= least or used.odd}
    for meter, used in shown.items():
        print(describe(meter, used, prices))
    if len(shown) < len(found):
        print("others", len(found) - len(shown))
    if faulty:
        print("faulty", faulty)
    return int(any(used.odd for used in found.values()))


sys.exit(main())
