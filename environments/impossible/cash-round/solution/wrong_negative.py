import sys


def main():
    for line in sys.stdin.read().split():
        value = 5 * ((int(line) + 2) // 5)
        units, cents = divmod(value, 100)
        print("%d.%02d" % (units, cents))


main()
