import pytest

from hcclit.ner.corpora import CorpusError, read_corpus

IOB = "Foobarin\tB-Chemical\n-\tO\ninduced\tO\nacute\tB-Disease\nplorositis\tI-Disease\n.\tO\n\nNone\tO\n\n"


def test_bc5cdr_gives_sentences_with_spans_in_characters(tmp_path):
    path = tmp_path / "test.tsv"
    path.write_text(IOB)
    (only,) = read_corpus("bc5cdr", path)  # the file does not say where a document ends
    assert only.text == "Foobarin - induced acute plorositis . None"
    assert only.sentences == (("Foobarin", "-", "induced", "acute", "plorositis", "."), ("None",))
    assert {(only.text[a:b], label) for a, b, label in only.spans} == {
        ("Foobarin", "Chemical"),
        ("acute plorositis", "Disease"),
    }


@pytest.mark.parametrize(
    ("tags", "spans"),
    [
        ("O I-Disease I-Disease O", {"b c"}),  # an I without a beginning opens a span
        ("B-Disease B-Disease O O", {"a", "b"}),
        ("B-Chemical I-Disease O O", {"a", "b"}),
        ("B-Disease I-Disease B-Disease I-Disease", {"a b", "c d"}),
        ("B-Gene I-Gene O O", set()),  # no label of the corpus
        ("O O O B-Disease", {"d"}),
    ],
)
def test_tags_become_spans(tmp_path, tags, spans):
    path = tmp_path / "test.tsv"
    path.write_text("\r\n".join(f"{w}\t{t}" for w, t in zip("abcd", tags.split(), strict=True)))
    (only,) = read_corpus("bc5cdr", path)
    assert {only.text[a:b] for a, b, _ in only.spans} == spans


ANN = (
    "T1\tMedication 0 8\tfoobarin\n"
    "E1\tMedication:T1 \n"
    "R1\tMODIFY Arg1:T2 Arg2:E1\t\n"
    "T2\tDosage 9 14;21 26\t75 mg daily\n"
    "T3\tShape 0 8\tfoobarin\n"
    "T4\tMedication 0 8\tfoobarin\n"
    "#1\tAnnotatorNotes T1\tx\n"
)


def test_other_columns_and_lines_that_begin_documents_are_passed_over(tmp_path):
    path = tmp_path / "test.tsv"
    lines = ["-DOCSTART- -X- O O", "", "a\tNN\t0\tB-Disease", "-DOCSTART-\tO", "b\tNN\t2\tI-Disease"]
    path.write_bytes("\r\n".join(lines).encode())
    (only,) = read_corpus("bc5cdr", path)
    assert only.sentences == (("a",), ("b",))
    assert {only.text[a:b] for a, b, _ in only.spans} == {"a", "b"}


def test_a_span_never_goes_over_the_end_of_a_sentence(tmp_path):
    path = tmp_path / "test.tsv"
    path.write_text("a\tB-Disease\n\nb\tI-Disease\n")
    (only,) = read_corpus("bc5cdr", path)
    assert {only.text[a:b] for a, b, _ in only.spans} == {"a", "b"}


def test_maccrobat_gives_documents_and_spans_in_pieces_count_from_first_to_last(tmp_path):
    (tmp_path / "a.txt").write_text("foobarin 75 mg orally daily.\nNext line.")
    (tmp_path / "a.ann").write_text(ANN)
    (only,) = read_corpus("maccrobat", tmp_path)
    assert only.spans == {(0, 8, "Medication"), (9, 26, "Dosage")}


def test_offsets_count_line_ends_as_they_stand(tmp_path):
    (tmp_path / "a.txt").write_bytes("é\r\nfoobarin".encode())
    (tmp_path / "a.ann").write_text("T1\tMedication 3 11\tfoobarin\n")
    (only,) = read_corpus("maccrobat", tmp_path)
    assert [only.text[a:b] for a, b, _ in only.spans] == ["foobarin"]


@pytest.mark.parametrize(
    ("name", "files", "told"),
    [
        ("bc5cdr", {"x.tsv": "Foobarin B-Chemical\n"}, r"x.tsv:1: not a token, a tab and a tag"),
        ("bc5cdr", {"x.tsv": "A\tO\nB\tX-Disease\n"}, r"x.tsv:2: not a token"),
        ("bc5cdr", {"x.tsv": "\n\n"}, "holds no sentences"),
        ("bc5cdr", {"x.tsv": b"\xff\tO\n"}, "not UTF-8"),
        ("bc5cdr", {}, r"x.tsv: cannot be read \(No such file"),
        ("maccrobat", {"a.ann": "T1\tAge 0 1\tx\n"}, r"a.txt: cannot be read \(No such file"),
        ("maccrobat", {"a.ann": "T1\tAge 0 9\tx\n", "a.txt": "abc"}, r"a.ann:1: 0 to 9 is no span of a.txt"),
        ("maccrobat", {"a.ann": "T1\tAge 2 2\tx\n", "a.txt": "abc"}, r"a.ann:1: 2 to 2 is no span"),
        ("maccrobat", {"a.ann": "T1 Age 0 1 x\n", "a.txt": "abc"}, r"a.ann:1: no span of brat"),
        ("maccrobat", {"a.txt": "abc"}, "holds no documents"),
        ("maccrobat", None, "no folder"),
    ],
)
def test_what_is_no_corpus_is_told_with_file_and_line(tmp_path, name, files, told):
    for file, text in (files or {}).items():
        (tmp_path / file).write_bytes(text if isinstance(text, bytes) else text.encode())
    path = tmp_path / "x.tsv" if name == "bc5cdr" else tmp_path if files is not None else tmp_path / "none"
    with pytest.raises(CorpusError, match=told) as error:
        read_corpus(name, path)
    assert "\n" not in str(error.value)
