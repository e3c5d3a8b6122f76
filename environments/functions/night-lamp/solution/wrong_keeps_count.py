def run_lamp(signals, limit, stay):
    modes = ["off", "dim", "bright", "auto"]
    mode = 0
    count = 0
    lit = False
    result = []
    for s in signals:
        if s == "press":
            mode = (mode + 1) % 4
            count = 0
            lit = modes[mode] == "auto"
        elif s == "hold":
            mode = 3 if mode == 0 else 0
            count = 0
            lit = False
        elif s == "motion":
            count = 0
            lit = modes[mode] == "auto"
        elif s == "tick":
            count += 1
            if modes[mode] in ("dim", "bright"):
                if count >= limit:
                    mode -= 1
            elif modes[mode] == "auto" and count >= stay:
                lit = False
        else:
            raise ValueError(s)
        result.append([0, 1, 2, 2 if lit else 0][mode])
    return result
