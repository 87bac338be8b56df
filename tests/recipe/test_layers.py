"""Gradients of the layers against finite differences, and the layers against the network that the model ships with."""

import numpy as np
import pytest
from models.recipe import language_model, tagger
from models.recipe.layers import affine, cross_entropy, gathered, read, spelled
from models.recipe.optimiser import Adam, one_cycle
from models.recipe.samples import Sample, tags_of
from models.recipe.sizes import LanguageModelSizes, TaggerSizes

from hcclit.ner.network import Network, steps_of

RNG = np.random.default_rng(3)


def some(*shape):
    return RNG.normal(0, 0.5, shape)  # double precision: finite differences need it


def lstm(name, inner, hidden):
    shapes = {"in": (inner, 4 * hidden), "recur": (hidden, 4 * hidden), "bias": (4 * hidden,)}
    return {f"{name}.{way}.{key}": some(*shape) for way in ("ahead", "back") for key, shape in shapes.items()}


def check(weights, layer, inner=None):
    """Compare the gradients of a random sum of a layer's output with finite differences."""
    out, backward = layer(inner)
    factor = some(*out.shape)
    gradients = {}
    back = backward(factor, gradients)
    assert gradients
    for name, gradient in [*gradients.items(), *([("inner", back)] if inner is not None else [])]:
        values = inner if name == "inner" else weights[name]
        for at in list(np.ndindex(values.shape))[:: max(1, values.size // 12)]:
            kept, sums = values[at], []
            for change in (1e-3, -1e-3):
                values[at] = kept + change
                sums.append(float((layer(inner)[0] * factor).sum()))
            values[at] = kept
            assert gradient[at] == pytest.approx((sums[0] - sums[1]) / 2e-3, rel=2e-2, abs=2e-2), (name, at)


def test_an_affine_layer():
    weights = {"m": some(4, 3), "b": some(3)}
    check(weights, lambda x: affine(weights, ("m", "b"), x), some(5, 4))


def test_the_spelling():
    weights = {"p.embed": some(98, 4), "p.conv": some(12, 5), "p.bias": some(5)}
    weights["p.embed"][0] = 0
    characters = np.array([[1, 10, 11, 2, 0, 0], [1, 12, 13, 14, 15, 2]])
    check(weights, lambda _: spelled(weights, "p", characters))
    gradients = {}
    spelled(weights, "p", characters)[1](np.ones((2, 5)), gradients)
    assert not gradients["p.embed"][0].any()


def test_an_lstm_over_rows_of_many_lengths():
    weights = lstm("p", 4, 3)
    orders = {"ahead": steps_of([4, 2, 1], backward=False), "back": steps_of([4, 2, 1], backward=True)}
    check(weights, lambda x: read(weights, "p", x, orders), some(7, 4))


def test_cross_entropy():
    scores, gold = some(3, 4), np.array([0, 2, 3])
    loss, gradient = cross_entropy(scores, gold)
    scores[1, 2] += 1e-4
    assert gradient[1, 2] == pytest.approx((cross_entropy(scores, gold)[0] - loss) / 1e-4, rel=1e-2)


def test_gathered_rows_are_sums_by_number():
    rows = np.arange(8, dtype=np.float32).reshape(4, 2)
    assert gathered(np.array([2, 0, 2, 2]), 3, rows).tolist() == [[2, 3], [0, 0], [10, 13]]


def test_adam_goes_down_a_bowl_and_the_rate_rises_and_falls_once():
    weights = {"x": np.array([3.0, -2.0], np.float32), "still": np.ones(1, np.float32)}
    adam = Adam(weights, clip=10)
    for step in range(300):
        adam.step({"x": weights["x"].copy()}, one_cycle(step, 300, 0.1, 0.1))
    assert np.abs(weights["x"]).max() < 0.05
    assert weights["still"] == [1]
    rates = [one_cycle(step, 100, 1.0, 0.1) for step in range(100)]
    assert rates[0] == pytest.approx(0.04)
    assert max(rates) == pytest.approx(1.0)
    assert rates[99] < 1e-4
    assert sorted(rates[:10]) == rates[:10]
    assert sorted(rates[10:], reverse=True) == rates[10:]


def test_the_guesses_of_the_language_models_have_the_right_gradients():
    sizes = LanguageModelSizes(vocabulary=9, words=4, spelling=3, hidden=3, negatives=5, steps=4, rows=2, drop=0.0)
    text = language_model.read_text([["a", "b", "c"], ["b", "A", "d", "e"], ["a", "f"]] * 2, 9)
    weights = {name: w.astype(np.float64) for name, w in language_model._start(sizes, np.random.default_rng(1)).items()}

    def loss(gradients):
        learner = language_model._Learner(weights, text, sizes, np.random.default_rng(5))
        return learner.learn(text.words[[[0, 1, 2, 3], [5, 6, 7, 8]]], gradients)

    gradients = {}
    loss(gradients)
    assert gradients.keys() == weights.keys()
    for name, gradient in gradients.items():
        for at in list(np.ndindex(gradient.shape))[:: max(1, gradient.size // 6)]:
            if name == "lm.embed" and at[0] == 0:
                continue  # what fills up is nothing
            kept, sums = weights[name][at], []
            for change in (1e-3, -1e-3):
                weights[name][at] = kept + change
                sums.append(loss({}))
            weights[name][at] = kept
            # both directions' losses are added up for the gradient, their mean is told
            assert gradient[at] / 2 == pytest.approx((sums[0] - sums[1]) / 2e-3, rel=3e-2, abs=2e-3), (name, at)


def test_a_tagger_learns_with_the_very_network_that_reads_later():
    sizes = LanguageModelSizes(vocabulary=9, words=4, spelling=3, hidden=3)
    known = language_model._start(sizes, np.random.default_rng(1))
    vocabulary = ["", "a", "b", "c"]
    samples = {"bc5": [Sample(["a", "B", "xy-12"], np.array([0, 4, 0])), Sample(["c"], np.array([8]))]}
    words = tagger.read_words(known, vocabulary, samples["bc5"])
    trainer = tagger.Trainer(
        known, words, samples, TaggerSizes(spelling=5, hidden=4, drop=0.0, forget=0.0), np.random.default_rng(2)
    )
    weights = trainer._start()
    loss = trainer._learn(weights, trainer._batch("bc5", [0, 1]), {})
    own = {name.replace("tagger.", "0."): weight for name, weight in weights.items()}
    scores = Network({**known, **own}, vocabulary, {"bc5": tags_of("bc5")})([s.words for s in samples["bc5"]])
    chances = [scores[i]["bc5"][j, tag] for i, s in enumerate(samples["bc5"]) for j, tag in enumerate(s.tags)]
    assert loss == pytest.approx(-np.mean(chances), rel=1e-3)
