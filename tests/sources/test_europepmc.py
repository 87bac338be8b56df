"""Harvesting Europe PMC: the real client against a local server that answers as documented, faults included."""

import time

import pytest

from hcclit.sources.europepmc import EuropePmc, SourceError
from hcclit.sources.harvest import STATE, harvest
from tests.sources.service import JATS, Service, serving

QUERY = "hepatocellular carcinoma AND sorafenib AND OPEN_ACCESS:y"


def papers(*numbers):
    return [(f"PMC{n}", JATS.format(pmcid=f"PMC{n}")) for n in numbers]


@pytest.fixture
def client():
    def make(address, **options):
        return EuropePmc("curator@example.org", base=address, **{"interval": 0, "backoff": 0.01} | options)

    return make


def fetched(inbox):
    return sorted(path.stem for path in inbox.glob("*.xml"))


def test_all_pages_are_fetched_once(client, tmp_path):
    service = Service(papers(1, 2, 3, 4, 5))
    with serving(service) as address, client(address) as epmc:
        assert len(harvest(epmc, QUERY, tmp_path).new) == 5
        again = harvest(epmc, QUERY, tmp_path)
    assert (len(again.new), again.seen) == (0, 5)
    assert fetched(tmp_path) == ["PMC1", "PMC2", "PMC3", "PMC4", "PMC5"]
    assert all(service.asked[f"/PMC{n}/fullTextXML"] == 1 for n in range(1, 6))


def test_the_next_harvest_asks_for_what_was_indexed_since(client, tmp_path):
    service = Service(papers(1))
    with serving(service) as address, client(address) as epmc:
        harvest(epmc, QUERY, tmp_path)
        service.papers += papers(2)
        assert [p.stem for p in harvest(epmc, QUERY, tmp_path).new] == ["PMC2"]
    assert service.queries[0] == (QUERY, "*")
    query, cursor = service.queries[-2]
    assert query.startswith(f"({QUERY}) AND (FIRST_IDATE:[20")
    assert cursor == "*"


def test_it_says_who_asks(client, tmp_path):
    service = Service(papers(1))
    with serving(service) as address, client(address) as epmc:
        harvest(epmc, QUERY, tmp_path)
    (agent,) = service.agents
    assert agent.startswith("hcclit/")
    assert "mailto:curator@example.org" in agent


@pytest.mark.parametrize(
    "faults",
    [[429], [500, 503], ["cut"], ["cut", 502, "cut"], [{"status": 429, "headers": {"Retry-After": "1"}}]],
    ids=str,
)
@pytest.mark.parametrize("path", ["/search", "/PMC2/fullTextXML"])
def test_errors_that_pass_are_waited_out(client, tmp_path, faults, path):
    service = Service(papers(1, 2, 3))
    service.faults[path] = list(faults)
    with serving(service) as address, client(address) as epmc:
        assert len(harvest(epmc, QUERY, tmp_path).new) == 3


def test_a_garbled_search_answer_is_asked_for_again(client, tmp_path):
    service = Service(papers(1, 2, 3))
    service.faults["/search"] = ["garbled", "garbled"]
    with serving(service) as address, client(address) as epmc:
        assert len(harvest(epmc, QUERY, tmp_path).new) == 3


def test_the_servers_own_wait_is_kept(client, tmp_path):
    service = Service(papers(1))
    service.faults["/search"] = [{"status": 429, "headers": {"Retry-After": "1"}}]
    begin = time.monotonic()
    with serving(service) as address, client(address) as epmc:
        harvest(epmc, QUERY, tmp_path)
    assert time.monotonic() - begin >= 1


def test_a_wait_beyond_patience_ends_in_one_line(client, tmp_path):
    service = Service(papers(1))
    service.faults["/search"] = [{"status": 503, "headers": {"Retry-After": "86400"}}]
    with serving(service) as address, client(address) as epmc, pytest.raises(SourceError, match="503"):
        harvest(epmc, QUERY, tmp_path)
    assert service.asked["/search"] == 1


def test_a_service_that_stays_away_ends_in_one_line_and_the_next_harvest_goes_on(client, tmp_path):
    service = Service(papers(1, 2, 3, 4, 5))
    service.faults["/PMC4/fullTextXML"] = [500] * 6
    with serving(service) as address, client(address) as epmc:
        with pytest.raises(SourceError, match="500") as error:
            harvest(epmc, QUERY, tmp_path)
        assert "\n" not in str(error.value)
        assert fetched(tmp_path) == ["PMC1", "PMC2", "PMC3"]
        service.queries.clear()
        assert [p.stem for p in harvest(epmc, QUERY, tmp_path).new] == ["PMC4", "PMC5"]
    assert service.queries[0] == (QUERY, "AoE2")  # from the page that was cut off, not from the beginning


def test_malformed_full_text_is_reported_never_kept_and_asked_for_again(client, tmp_path):
    service = Service([*papers(1), ("PMC2", "<article><body>"), *papers(3)])
    with serving(service) as address, client(address) as epmc:
        first = harvest(epmc, QUERY, tmp_path)
        assert fetched(tmp_path) == ["PMC1", "PMC3"]
        assert first.failures[0].startswith("PMC2: full text is no well-formed XML")
        service.papers[1] = papers(2)[0]
        assert [p.stem for p in harvest(epmc, QUERY, tmp_path).new] == ["PMC2"]


def test_a_hostile_full_text_is_not_expanded(client, tmp_path):
    bomb = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><article>&b;<x></article>'
    service = Service([("PMC1", bomb)])
    with serving(service) as address, client(address) as epmc:
        assert harvest(epmc, QUERY, tmp_path).failures


def test_papers_without_full_text_are_counted(client, tmp_path):
    service = Service([("PMC1", None), (None, None), *papers(3)])
    with serving(service) as address, client(address) as epmc:
        done = harvest(epmc, QUERY, tmp_path)
    assert (len(done.new), done.without_text, done.failures) == (1, 2, [])


def test_repeated_pages_end_the_search_and_double_nothing(client, tmp_path):
    service = Service(papers(1, 2, 3))
    honest = service.search
    service.search = lambda p: honest(p) | {"nextCursorMark": "AoE1"}  # a server stuck on one page
    with serving(service) as address, client(address) as epmc:
        harvest(epmc, QUERY, tmp_path)
    assert fetched(tmp_path) == ["PMC1", "PMC2", "PMC3"]
    assert service.asked["/search"] <= 3


def test_it_is_never_faster_than_its_interval(client, tmp_path):
    service = Service(papers(1, 2))
    begin = time.monotonic()
    with serving(service) as address, client(address, interval=0.2) as epmc:
        harvest(epmc, QUERY, tmp_path)
    assert time.monotonic() - begin >= 0.2 * (sum(service.asked.values()) - 1)


def test_two_queries_share_an_inbox(client, tmp_path):
    service = Service(papers(1))
    with serving(service) as address, client(address) as epmc:
        harvest(epmc, QUERY, tmp_path)
        harvest(epmc, "lenvatinib", tmp_path)
        harvest(epmc, QUERY, tmp_path)
    assert "FIRST_IDATE" not in service.queries[2][0]
    assert "FIRST_IDATE" in service.queries[-1][0]


def test_a_damaged_state_is_told(client, tmp_path):
    (tmp_path / STATE).write_text("{")
    with client("http://127.0.0.1:9") as epmc, pytest.raises(SourceError, match="remove it"):
        harvest(epmc, QUERY, tmp_path)


def test_a_wrong_address_is_told(client, tmp_path):
    service = Service(papers(1))
    service.faults["/search"] = [404]
    with serving(service) as address, client(address) as epmc, pytest.raises(SourceError, match="address"):
        harvest(epmc, QUERY, tmp_path)
