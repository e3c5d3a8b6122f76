def turn_dials(dials: list[list[int]], turns: list[list[int]]) -> list[int]:
    """Return the numbers that the dials show after all turns."""
    numbers = [number for number, _ in dials]
    for dial, steps in turns:
        if not 0 <= dial < len(dials):
            raise IndexError(dial)
        rounds = steps
        for at in range(dial, len(dials)):
            # Rounds are counted downwards for negative steps, as `divmod` does.
            rounds, numbers[at] = divmod(numbers[at] + rounds, dials[at][1])
    return numbers
