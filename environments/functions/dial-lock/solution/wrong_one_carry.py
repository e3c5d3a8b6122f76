def turn_dials(dials, turns):
    shown = [d[0] for d in dials]
    sizes = [d[1] for d in dials]

    def turn(i, steps):
        total = shown[i] + steps
        shown[i] = total % sizes[i]
        if i + 1 < len(shown):
            if total >= sizes[i]:
                turn(i + 1, 1)
            elif total < 0:
                turn(i + 1, -1)

    for i, steps in turns:
        if i < 0 or i >= len(dials):
            raise IndexError("no such dial")
        turn(i, steps)
    return shown
