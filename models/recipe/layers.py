"""The layers of `hcclit.ner.network` with their gradients, for learning.

Weights are a dictionary by the names that the network has; a layer gives its output and a function from the gradient
of its output to that of its input, which adds the gradients of its weights to a dictionary of the same names.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from scipy.sparse import csr_matrix

from hcclit.ner.network import Floats, Places

Weights = dict[str, Floats]
Backward = Callable[[Floats, Weights], Floats]


def add(gradients: Weights, name: str, gradient: Floats) -> None:
    """Add to a weight's gradient."""
    gradients[name] = gradients[name] + gradient if name in gradients else gradient


def gathered(numbers: Places, count: int, rows: Floats) -> Floats:
    """The sum of rows by number: what the gradient of a look-up is."""
    lookup = csr_matrix((np.ones(len(numbers), np.float32), (numbers, np.arange(len(numbers)))), (count, len(numbers)))
    found: Floats = lookup @ rows
    return found


def affine(weights: Weights, names: tuple[str, str], inner: Floats) -> tuple[Floats, Backward]:
    """A matrix and a bias, by their names."""
    matrix, bias = names

    def backward(outer: Floats, gradients: Weights) -> Floats:
        add(gradients, matrix, inner.T @ outer)
        add(gradients, bias, outer.sum(0))
        back: Floats = outer @ weights[matrix].T
        return back

    return inner @ weights[matrix] + weights[bias], backward


def spelled(weights: Weights, part: str, characters: Places) -> tuple[Floats, Backward]:
    """The convolution over the characters of each word with its maximum over the word; its input has no gradient."""
    embed, conv, bias = (f"{part}.{name}" for name in ("embed", "conv", "bias"))
    count, length = characters.shape
    padded = np.pad(characters, ((0, 0), (1, 1)))
    around = np.stack([padded[:, shift : shift + length] for shift in range(3)], 2)  # the characters of each window
    outside = np.pad(np.zeros((count, length), bool), ((0, 0), (1, 1)), constant_values=True)
    beyond = np.stack([outside[:, shift : shift + length] for shift in range(3)], 2)
    windows = np.where(beyond[..., None], np.float32(0), weights[embed][around]).reshape(count * length, -1)
    flat = (windows @ weights[conv]).reshape(count, length, -1)
    best = flat.argmax(1)
    highest = np.take_along_axis(flat, best[:, None], 1)[:, 0] + weights[bias]

    def backward(outer: Floats, gradients: Weights) -> Floats:
        outer = outer * (highest > 0)
        inner = np.zeros_like(flat)
        np.put_along_axis(inner, best[:, None], outer[:, None], 1)
        rows = inner.reshape(count * length, -1)
        add(gradients, conv, windows.T @ rows)
        add(gradients, bias, outer.sum(0))
        back = (rows @ weights[conv].T).reshape(count * length * 3, -1)
        seen = ~beyond.reshape(-1) & (around.reshape(-1) != 0)  # what fills up is nothing, and stays so
        add(gradients, embed, gathered(around.reshape(-1)[seen], len(weights[embed]), back[seen]))
        return back

    return np.maximum(highest, 0), backward


def read(weights: Weights, part: str, inner: Floats, orders: Mapping[str, Sequence[Places]]) -> tuple[Floats, Backward]:
    """The states of an LSTM in both directions for words laid end to end.

    Args:
        weights: of the network.
        part: whose weights.
        inner: what goes in, a row for each word.
        orders: for each direction, the places that are read at each step.
    """
    found = [(name, *_lstm(weights, f"{part}.{name}", inner, order)) for name, order in orders.items()]

    def backward(outer: Floats, gradients: Weights) -> Floats:
        halves = np.split(outer, len(found), 1)
        back = [own(np.ascontiguousarray(half), gradients) for (_, _, own), half in zip(found, halves, strict=True)]
        total: Floats = np.sum(back, 0)
        return total

    return np.concatenate([states for _, states, _ in found], 1), backward


def _lstm(weights: Weights, name: str, inner: Floats, order: Sequence[Places]) -> tuple[Floats, Backward]:
    recur = weights[f"{name}.recur"]
    width = recur.shape[0]
    gates = inner @ weights[f"{name}.in"] + weights[f"{name}.bias"]
    states, cells = np.empty((2, len(inner), width), np.float32)
    before = np.zeros((len(inner), width), np.float32)  # the state that each place came from
    cells_before = np.zeros((len(inner), width), np.float32)
    last = order[0][:0]
    for places in order:
        live = len(places)
        if len(last):
            before[places], cells_before[places] = states[last[:live]], cells[last[:live]]
        gates[places] = opened = _opened(gates[places] + before[places] @ recur, width)
        into, forget, leave, new = np.split(opened, 4, 1)
        cells[places] = cell = forget * cells_before[places] + into * new
        states[places] = leave * np.tanh(cell)
        last = places

    def backward(outer: Floats, gradients: Weights) -> Floats:
        back = _backward_gates(gates, (cells, cells_before), outer, order, recur)
        add(gradients, f"{name}.recur", before.T @ back)
        add(gradients, f"{name}.in", inner.T @ back)
        add(gradients, f"{name}.bias", back.sum(0))
        found: Floats = back @ weights[f"{name}.in"].T
        return found

    return states, backward


def _opened(gate: Floats, width: int) -> Floats:
    """The gates in, forget and out through a sigmoid, the new cell through tanh."""
    gate[:, : 3 * width] *= 0.5
    np.tanh(gate, out=gate)
    gate[:, : 3 * width] = 0.5 * gate[:, : 3 * width] + 0.5
    return gate


def _backward_gates(
    gates: Floats, cells: tuple[Floats, Floats], outer: Floats, order: Sequence[Places], recur: Floats
) -> Floats:
    """The gradient of what goes into the gates, through time from the last step to the first."""
    back = np.empty_like(gates)
    width = recur.shape[0]
    state = np.zeros((len(order[0]), width), np.float32)  # gradients that come from the step after
    cell = np.zeros_like(state)
    for places in reversed(order):
        live = len(places)
        into, forget, leave, new = np.split(gates[places], 4, 1)
        squashed = np.tanh(cells[0][places])
        own = outer[places] + state[:live]
        inside = cell[:live] + own * leave * (1 - squashed**2)
        parts = (
            inside * new * into * (1 - into),
            inside * cells[1][places] * forget * (1 - forget),
            own * squashed * leave * (1 - leave),
            inside * into * (1 - new**2),
        )
        back[places] = step = np.concatenate(parts, 1)
        cell[:live] = inside * forget
        state[:live] = step @ recur.T
    return back


def cross_entropy(scores: Floats, gold: Places) -> tuple[float, Floats]:
    """The mean of how unlikely the gold is, and its gradient."""
    powers = np.exp(scores - scores.max(1, keepdims=True))
    chances = powers / powers.sum(1, keepdims=True)
    rows = np.arange(len(gold))
    loss = -float(np.log(chances[rows, gold] + 1e-12).mean())
    chances[rows, gold] -= 1
    return loss, chances / len(gold)
