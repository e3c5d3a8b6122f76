from enum import Enum


class Mode(Enum):
    OFF = 0
    DIM = 1
    BRIGHT = 2
    AUTO = 3


def run_lamp(signals, limit, stay):
    mode = Mode.OFF
    last = 0  # time of the last signal that counts
    time = 0
    out = []
    for signal in signals:
        if signal not in {"press", "hold", "motion", "tick"}:
            raise ValueError("unknown signal: " + signal)
        if signal == "tick":
            time += 1
            if mode in (Mode.DIM, Mode.BRIGHT) and time - last == limit:
                mode = Mode(mode.value - 1)
                last = time
        else:
            last = time
            if signal == "press":
                mode = Mode((mode.value + 1) % 4)
            elif signal == "hold":
                mode = Mode.AUTO if mode is Mode.OFF else Mode.OFF
        if mode is Mode.AUTO:
            out.append(2 if time - last < stay else 0)
        else:
            out.append(mode.value)
    return out
