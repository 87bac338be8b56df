"""Corpora of invented sentences, in the formats of the real ones."""

import json
import lzma
import random

DRUGS = ["foobarin", "quuxol", "zolbetrexan", "Velonib", "braxapine", "tarimol", "XR-221"]
DISEASES = ["plorositis", "acute fennia", "morbus quux", "hyperzolemia"]
SENTENCES = [
    "{drug} caused {disease} in one man .",
    "No {disease} was seen with {drug} .",
    "Patients with {disease} were given {drug} 30 mg daily .",
    "The study began in May 2009 .",
]
CASES = [
    "A 54-year-old man was treated with {drug} 30 mg daily.",
    "A 61-year-old woman with {disease} took {drug} 5 mg daily for two weeks.",
    "On 3 May 2009 the patient was well.",
]


def _iob(rng, count):
    lines = []
    for _ in range(count):
        for piece in rng.choice(SENTENCES).split():
            kind = {"{drug}": ("Chemical", DRUGS), "{disease}": ("Disease", DISEASES)}.get(piece)
            words = rng.choice(kind[1]).replace("-", " - ").split() if kind else [piece]
            lines += [f"{w}\t{'O' if not kind else 'BI'[i > 0] + '-' + kind[0]}" for i, w in enumerate(words)]
        lines.append("")
    return "\n".join(lines)


def _case(rng):
    text, spans = "", []
    for sentence in rng.sample(CASES, len(CASES)):
        drug, disease = rng.choice(DRUGS), rng.choice(DISEASES)
        written = sentence.format(drug=drug, disease=disease)
        named = {"Medication": drug, "Disease_disorder": disease, "Dosage": "30 mg daily", "Duration": "two weeks",
                 "Age": written[2:13] if "year" in written else "?", "Sex": "woman" if "woman" in written else " man ",
                 "Date": "3 May 2009"}  # fmt: skip
        for label, name in named.items():
            if name in written:
                start = len(text) + written.index(name) + (name[0] == " ")
                spans.append((label, start, start + len(name.strip()), name.strip()))
        text += written + "\n"
    marks = [f"T{n}\t{label} {start} {end}\t{name}" for n, (label, start, end, name) in enumerate(spans, 1)]
    return text, "\n".join(marks) + "\n"


def invent(folder, seed=1, sentences=120, cases=20):
    """Write all corpora into a folder."""
    rng = random.Random(seed)
    for name in ("bc5cdr", "maccrobat", "pmc_text", "case_reports"):
        (folder / name).mkdir(parents=True)
    for part in ("train", "devel"):
        (folder / "bc5cdr" / f"{part}.tsv").write_text(_iob(rng, sentences))
    texts = []
    for number in range(cases):
        text, marks = _case(rng)
        (folder / "maccrobat" / f"{number:03}.txt").write_text(text)
        (folder / "maccrobat" / f"{number:03}.ann").write_text(marks)
        texts.append(text)
    with lzma.open(folder / "pmc_text" / "articles.jsonl.xz", "wt") as file:
        file.writelines(json.dumps({"id": n, "text": text}) + "\n" for n, text in enumerate(texts))
    (folder / "case_reports" / "a.txt").write_text(texts[0])
    return folder
