def turn_dials(dials, turns):
    result = [number for number, size in dials]
    for index, steps in turns:
        if index not in range(len(dials)):
            raise IndexError(index)
        step = 1 if steps > 0 else -1
        for _ in range(abs(steps)):
            size = dials[index][1]
            result[index] += step
            if result[index] in (size, -1):
                result[index] %= size
                if index + 1 < len(dials):
                    result[index + 1] = (result[index + 1] + step) % dials[index + 1][1]
    return result
