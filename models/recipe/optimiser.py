"""Adam with decoupled weight decay, a rate that rises and falls once, and a running mean of the weights."""

from __future__ import annotations

import math

import numpy as np

from models.recipe.layers import Weights

_FIRST, _SECOND, _LEAST = 0.9, 0.98, 1e-8


class Adam:
    """Changes weights in place; those without a gradient stay as they are.

    Args:
        weights: to learn.
        decay: of each step's rate, by which weights shrink.
        clip: the largest norm of all gradients together.
    """

    def __init__(self, weights: Weights, decay: float = 0.0, clip: float = 1.0) -> None:
        self._weights, self._decay, self._clip = weights, decay, clip
        self._moments = {name: np.zeros((2, *weight.shape), np.float32) for name, weight in weights.items()}
        self._steps = 0

    def step(self, gradients: Weights, rate: float) -> None:
        """Go a step against the gradients."""
        self._steps += 1
        norm = math.sqrt(sum(float((gradient**2).sum()) for gradient in gradients.values()))
        scale = min(1.0, self._clip / (norm + 1e-6))
        first, second = 1 - _FIRST**self._steps, 1 - _SECOND**self._steps
        for name, gradient in gradients.items():
            weight, (mean, square) = self._weights[name], self._moments[name]
            scaled = gradient * np.float32(scale)
            mean += (1 - _FIRST) * (scaled - mean)
            square += (1 - _SECOND) * (scaled**2 - square)
            weight -= np.float32(rate * self._decay) * weight
            weight -= np.float32(rate / first) * mean / (np.sqrt(square / second) + _LEAST)


def one_cycle(step: int, total: int, peak: float, rise: float) -> float:
    """The rate at a step: from a 25th of the peak up in a share of the steps, then down to nearly nothing."""
    top = rise * total - 1
    low, high, share = (
        (peak / 25, peak, step / top) if step <= top else (peak, peak / 250_000, (step - top) / (total - 1 - top))
    )
    return high + (low - high) * (1 + math.cos(math.pi * min(1.0, share))) / 2
