"""The annual wheel: pure geometry from a year's content to what one SVG template writes."""

from web.wheel.content import Break, Deadline, Mark, MarkState, Ring, RingGroup, WheelContent
from web.wheel.drawing import Drawing, draw_wheel

__all__ = [
    "Break",
    "Deadline",
    "Drawing",
    "Mark",
    "MarkState",
    "Ring",
    "RingGroup",
    "WheelContent",
    "draw_wheel",
]
