"""The network of the shipped model, piece by piece against plain reckoning, and the component around it."""

from itertools import product

import numpy as np
import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from hcclit.ner.decoding import Decoder
from hcclit.ner.definitions import definitions
from hcclit.ner.locate import locate
from hcclit.ner.model import load
from hcclit.ner.network import Network
from hcclit.ner.sharing import Rule, Text
from hcclit.ner.tagger import Tagger
from hcclit.ner.tokens import WordTokenizer
from hcclit.ner.words import LONGEST, characters_of, form_of, kind_of

TAGS = ["O", "B-X", "I-X", "E-X", "S-X", "B-Y", "I-Y", "E-Y", "S-Y"]


def _network(seed=1, taggers=2, lm=3, hidden=4):
    """A network of random weights."""
    rng = np.random.default_rng(seed)

    def some(*shape):
        return rng.normal(size=shape).astype(np.float32)

    weights = {"lm.words": some(5, 6), "lm.shapes": some(10, 2)}
    for part in ("lm", *map(str, range(taggers))):
        weights |= {f"{part}.embed": some(98, 4), f"{part}.conv": some(12, 5), f"{part}.bias": some(5)}
        size = lm if part == "lm" else hidden
        width = 6 + 5 + 2 if part == "lm" else 6 + 5 + 2 + 5 + 2 + 2 * lm
        for direction in ("ahead", "back"):
            name = f"{part}.{direction}"
            weights |= {
                f"{name}.in": some(width, 4 * size),
                f"{name}.bias": some(4 * size),
                f"{name}.recur": some(size, 4 * size),
            }
        if part != "lm":
            weights |= {
                f"{part}.shapes": some(10, 2),
                f"{part}.bc5.out": some(2 * hidden, len(TAGS)),
                f"{part}.bc5.bias": some(len(TAGS)),
            }
    return Network(weights, ["", "the", "foo", "mg", "00"], {"bc5": TAGS})


def _lstm_by_hand(rows, weights, name):
    width = weights[f"{name}.recur"].shape[0]
    state, cell, out = np.zeros(width), np.zeros(width), []
    for row in rows:
        gate = row @ weights[f"{name}.in"] + weights[f"{name}.bias"] + state @ weights[f"{name}.recur"]
        into, forget, leave = (1 / (1 + np.exp(-gate[i * width : (i + 1) * width])) for i in range(3))
        cell = forget * cell + into * np.tanh(gate[3 * width :])
        state = leave * np.tanh(cell)
        out.append(state)
    return out


def _both_ways(rows, weights, part):
    ahead = _lstm_by_hand(rows, weights, f"{part}.ahead")
    back = _lstm_by_hand(rows[::-1], weights, f"{part}.back")[::-1]
    return [np.concatenate(pair) for pair in zip(ahead, back, strict=True)]


def _spelled(word, weights, part):
    signs = [np.zeros(4), *(weights[f"{part}.embed"][c] for c in characters_of(word)), np.zeros(4)]
    windows = [np.concatenate(signs[i : i + 3]) @ weights[f"{part}.conv"] for i in range(LONGEST)]
    return np.maximum(np.max(windows, 0) + weights[f"{part}.bias"], 0)


def _by_hand(network, words):
    """The mean probabilities of a sentence, word by word."""
    w, total = network.weights, 0
    forms = [
        np.concatenate(
            [w["lm.words"][network.rank.get(form_of(x), 0)], _spelled(x, w, "lm"), w["lm.shapes"][kind_of(x)]]
        )
        for x in words
    ]
    states = _both_ways(forms, w, "lm")
    for part in ("0", "1"):
        own = [np.concatenate([f, _spelled(x, w, part), w[f"{part}.shapes"][kind_of(x)], s])
               for f, x, s in zip(forms, words, states, strict=True)]  # fmt: skip
        raw = np.array([h @ w[f"{part}.bc5.out"] + w[f"{part}.bc5.bias"] for h in _both_ways(own, w, part)])
        total = total + np.exp(raw) / np.exp(raw).sum(1, keepdims=True)
    return total / 2


def test_the_network_gives_what_plain_reckoning_gives_whatever_is_read_beside():
    network = _network()
    sentences = [["the", "Foo"], ["12", "mg", "of", "the", "XY-2"], ["x"], ["Foo", "foo", "mg"]]
    for words, scores in zip(sentences, network(sentences), strict=True):
        np.testing.assert_allclose(np.exp(scores["bc5"]), _by_hand(network, words), rtol=1e-3, atol=1e-5)
    assert network([]) == []


scores_of = st.integers(1, 4).flatmap(
    lambda n: st.lists(st.lists(st.floats(-5, 0), min_size=9, max_size=9), min_size=n, max_size=n)
)


@given(scores_of)
def test_the_best_lawful_reading_is_found(rows):
    scores = np.array(rows, dtype=np.float32)
    found = list(Decoder(TAGS)(scores))
    best = max(_lawful(len(rows)), key=lambda path: sum(scores[i, t] for i, t in enumerate(path)))
    expected = sum(scores[i, t] for i, t in enumerate(best))
    assert sum(scores[i, t] for i, t in enumerate(_path_of(found, len(rows)))) == pytest.approx(expected, abs=1e-4)
    assert all(0 <= sure <= 1 for *_, sure in found)


def _lawful(length):
    for path in product(range(len(TAGS)), repeat=length):
        open_label = None
        for tag in (TAGS[t] for t in path):
            if (tag[0] in "IE") != (open_label is not None) or (open_label and tag[2:] != open_label):
                break
            open_label = tag[2:] if tag[0] in "BI" else None
        else:
            if open_label is None:
                yield path


def _path_of(spans, length):
    path = [0] * length
    for start, end, label, _ in spans:
        if end - start == 1:
            path[start] = TAGS.index(f"S-{label}")
        else:
            path[start:end] = [TAGS.index(f"{k}-{label}") for k in ("B", *"I" * (end - start - 2), "E")]
    return path


def shared(sentences, readings, rule, rank, tags=("O", "S-X")):
    """Probabilities of a text's words after they have heard of one another."""
    scores = [np.log(np.array(rows)) for rows in readings]
    out = [np.exp(s) for s in Text(sentences).share(scores, rank, tags, rule)]
    for before, after in zip(scores, out, strict=True):
        assert after.shape == before.shape
        np.testing.assert_allclose(after.sum(1), 1, atol=1e-5)
    return out


def test_a_sure_reading_helps_an_unsure_one_of_the_same_rare_word_near_by():
    sure, unsure = [0.01, 0.99], [0.6, 0.4]
    sentences = [["Foobar", "the"], ["foobar", "the"], ["x"], ["x"], ["x"], ["foobar"]]
    readings = [[sure, sure], [unsure, unsure], [sure], [sure], [sure], [unsure]]
    out = shared(sentences, readings, Rule(0.5, 2, 100, 2, 20), {"": 0, "the": 1, "x": 2})
    assert out[1][0][1] > 0.6  # it heard the first sentence
    assert out[1][1][1] == pytest.approx(0.4)  # `the` is common
    assert out[5][0][1] == pytest.approx(0.4)  # too far away
    assert out[0][0][1] < 0.99


def test_a_short_form_hears_how_the_last_word_of_its_long_form_reads():
    sentences = [["He", "had", "foo", "quuxol", "(", "FQ", ")"], ["FQ", "helped"], ["He", "had", "XZ"]]
    none, inner, last, unsure = [0.9, 0.05, 0.05], [0.01, 0.98, 0.01], [0.01, 0.01, 0.98], [0.8, 0.1, 0.1]
    readings = [[none, none, inner, last, none, unsure, none], [unsure, none], [none, none, unsure]]
    rank = {"": 0, "he": 1, "had": 2, "helped": 3}
    tags = ("O", "E-X", "S-X")
    readings[0][3] = [0.01, 0.98, 0.01]  # the end of a span of two words
    out = shared(sentences, readings, Rule(0.8, 5, 100, 2, 20), rank, tags)
    assert out[0][5][2] > 0.5  # a span by itself
    assert out[1][0][2] > 0.5
    assert out[2][2].tolist() == pytest.approx(unsure)
    alone = shared([["FQ", "helped"], *sentences[2:]], readings[1:], Rule(0.8, 5, 100, 2, 20), rank, tags)
    assert alone[0][0][2] == pytest.approx(0.1)


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("primary biliary cholangitis ( PBC )", "PBC"),
        ("tumour necrosis factor alpha ( TNF ; 3 )", "TNF"),
        ("alpha fetoprotein ( AFP )", "AFP"),
        ("two men ( AFP )", None),
        ("the trial ( n = 3 )", None),
        ("some drug ( oral )", None),
        ("he saw a thing ( A )", None),
    ],
)
def test_definitions_in_brackets_are_found(text, short):
    words = text.split()
    expected = [(1, words.index("(") - 1, short)] if short else []
    assert list(definitions([["x"], words])) == expected


def test_a_tagger_is_the_same_after_the_disk_and_reads_texts_apart(tmp_path):
    nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "hcclit.tokens.v1"}}})
    tagger = nlp.add_pipe("hcclit_tagger")
    with pytest.raises(ValueError, match="no weights"):
        nlp("x")
    tagger.set_network(_network(), {"bc5": Rule(0.5, 2, 100, 2, 20)})
    assert nlp.pipe_labels["hcclit_tagger"] == ["X", "Y"]
    nlp.to_disk(tmp_path / "model")
    again = spacy.load(tmp_path / "model")
    texts = ["The foo 12 mg.\nOf XY-2  and\tfoo.", "", "   ", "one two three " * 80, "Foo."]

    def spans(docs):
        return [[(s.start_char, s.end_char, s.label_) for s in d.spans["bc5cdr"]] for d in docs]

    assert spans(again.pipe(texts)) == spans(map(again, texts)) == spans(map(nlp, texts))
    assert spans(again.pipe(texts))[1:3] == [[], []]
    doc = again(texts[0])
    assert len(doc.spans["bc5cdr"].attrs["scores"]) == len(doc.spans["bc5cdr"])


def test_a_span_never_goes_over_the_end_of_a_sentence_that_is_annotated():
    tagger = Tagger("x")
    tagger.set_network(_network(), {})
    words = ["a", "b", "c", "d", "e", "f", "g", "h"]
    doc = Doc(spacy.blank("en").vocab, words=words, sent_starts=[i % 2 == 0 for i in range(8)])
    assert all(s.start // 2 == (s.end - 1) // 2 for s in tagger(doc).spans["bc5cdr"])


def test_the_shipped_model_has_both_heads():
    doc = load(locate("shipped"))("A 54-year-old man with hypertension was treated with reserpine (0.25 mg/day).")
    found = {group: {(s.text, s.label_) for s in spans} for group, spans in doc.spans.items()}
    assert {("reserpine", "Chemical"), ("hypertension", "Disease")} <= found["bc5cdr"]
    assert {("54-year-old", "Age"), ("man", "Sex"), ("reserpine", "Medication")} <= found["maccrobat"]


def test_words_are_cut_at_every_sign_and_the_text_stays():
    cut = WordTokenizer(spacy.blank("en").vocab)
    for text in ("5-FU (75mg/m2)  daily\n\nfoo_bar", "  x", "", " ", "é’s\t"):
        assert cut(text).text == text
    assert [t.text for t in cut("5-FU 75mg/m2")] == ["5", "-", "FU", "75mg", "/", "m2"]


@given(st.text(max_size=60))
def test_any_word_has_a_form_a_kind_and_characters(word):
    assert isinstance(form_of(word), str)
    assert 0 <= kind_of(word) < 10
    assert len(characters_of(word)) == LONGEST


@pytest.mark.parametrize(
    ("word", "form"),
    [("Sorafenib", "sorafenib"), ("12", "12"), ("400", "000"), ("2009", "<year>"), ("α", "alpha"), ("µ", "micro")],
)
def test_numbers_and_greek_letters_have_one_form(word, form):
    assert form_of(word) == form
