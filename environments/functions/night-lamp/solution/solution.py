NEXT = {"off": "dim", "dim": "bright", "bright": "auto", "auto": "off"}
SIGNALS = ("press", "hold", "motion", "tick")


class Lamp:
    """A lamp with its mode and the ticks that are left until it changes by itself."""

    def __init__(self, limit: int, stay: int) -> None:
        self.mode = "off"
        self.left = 0
        self.ticks = {"off": 0, "dim": limit, "bright": limit, "auto": stay}

    def enter(self, mode: str) -> None:
        """Go to a mode, with all its ticks."""
        self.mode = mode
        self.left = self.ticks[mode]

    def receive(self, signal: str) -> None:
        """React to a signal."""
        if signal == "press":
            self.enter(NEXT[self.mode])
        elif signal == "hold" and self.mode == "off":
            self.mode = "auto"
            self.left = 0
        elif signal == "hold":
            self.enter("off")
        elif signal == "motion":
            self.left = self.ticks[self.mode]
        elif self.left:
            self.left -= 1
            if not self.left and self.mode in ("dim", "bright"):
                self.enter("dim" if self.mode == "bright" else "off")

    @property
    def brightness(self) -> int:
        """How bright the lamp is now."""
        if self.mode == "auto":
            return 2 if self.left else 0
        return {"off": 0, "dim": 1, "bright": 2}[self.mode]


def run_lamp(signals: list[str], limit: int, stay: int) -> list[int]:
    """Return the brightness after each signal."""
    lamp = Lamp(limit, stay)
    seen = []
    for signal in signals:
        if signal not in SIGNALS:
            raise ValueError(f"unknown signal {signal!r}")
        lamp.receive(signal)
        seen.append(lamp.brightness)
    return seen
