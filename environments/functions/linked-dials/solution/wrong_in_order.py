def open_lock(dials, links, size):
    state = list(dials)
    turns = [0] * len(dials)
    # set one dial after the other, from the left
    for i, moves in enumerate(links):
        while state[i] % size != 0:
            if moves is None or turns[i] == size:
                return None
            turns[i] += 1
            state = [(s + m) % size for s, m in zip(state, moves)]
    return turns if not any(s % size for s in state) else None
