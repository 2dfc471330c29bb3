"""Limited-memory BFGS for convex functions of millions of variables, in single precision.

The method is Nocedal and Wright's (Numerical Optimization, 2nd edition, algorithms 7.4 and 3.1). scipy's
routine spends three quarters of its time here on bounds that nobody sets and on copies in double precision.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

import numpy as np

from beian.arrays import Array

MEMORY = 6
# Share of the decrease promised by the slope that a step must bring (Armijo's condition).
SUFFICIENT = 1e-4
# Below this relative decrease a step is the last one.
TOLERANCE = 1e-7
MOST_HALVINGS = 20

Objective = Callable[[Array], tuple[float, Array]]


def minimize(
    objective: Objective, start: Array, iterations: int, on_step: Callable[[int], None] | None = None
) -> Array:
    """The point (float32, like `start`) after at most `iterations` steps downhill.

    `objective` gives the value and the gradient (float32) of a convex function at a point; `on_step` is
    told the number of each step made.
    """
    point = start.astype(np.float32)
    value, gradient = objective(point)
    history: deque[tuple[Array, Array, float]] = deque(maxlen=MEMORY)
    for number in range(1, iterations + 1):
        direction = _direction(gradient, history)
        slope = float(gradient @ direction)
        if slope >= 0:
            return point
        found = _search(objective, point, value, direction, slope)
        if found is None:
            return point
        after, new_value, new_gradient = found
        moved, turned = after - point, new_gradient - gradient
        curvature = float(moved @ turned)
        if curvature > 0:
            history.append((moved, turned, curvature))
        decrease = (value - new_value) / max(abs(value), abs(new_value), 1.0)
        point, value, gradient = after, new_value, new_gradient
        if on_step:
            on_step(number)
        if decrease <= TOLERANCE:
            break
    return point


def _direction(gradient: Array, history: deque[tuple[Array, Array, float]]) -> Array:
    """Minus the gradient, through the inverse curvature that the last steps have shown."""
    direction = -gradient
    if not history:
        return direction / max(float(np.linalg.norm(gradient)), 1e-12)
    shares = []
    for moved, turned, curvature in reversed(history):
        share = float(moved @ direction) / curvature
        shares.append(share)
        direction -= np.float32(share) * turned
    _, turned, curvature = history[-1]
    direction *= np.float32(curvature / float(turned @ turned))
    for (moved, turned, curvature), share in zip(history, reversed(shares), strict=True):
        direction += np.float32(share - float(turned @ direction) / curvature) * moved
    return direction


def _search(
    objective: Objective, point: Array, value: float, direction: Array, slope: float
) -> tuple[Array, float, Array] | None:
    """Point, value and gradient where the value is low enough; None when there is none."""
    step = 1.0
    for _ in range(MOST_HALVINGS):
        after = point + np.float32(step) * direction
        new_value, new_gradient = objective(after)
        if new_value <= value + SUFFICIENT * step * slope:
            return after, new_value, new_gradient
        # The lowest point of the parabola through what is known, within reason.
        lowest = -slope * step * step / (2 * (new_value - value - slope * step))
        step = min(max(lowest, 0.1 * step), 0.5 * step)
    return None
