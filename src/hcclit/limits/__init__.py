"""Limits of time and memory for each document, held whatever a document does.

Documents are read in processes of their own (`child`), one after the other, long-lived because the language stage
takes a second to load. The kernel holds the limits, so that they bind where no Python runs: a regular expression that
runs on, a loop in PDFium or lxml. A process that dies, by a limit, a crash or the system's hand, costs only the
document that it was reading: `worker` says which one and why, and goes on with the others in a new process.
"""

from hcclit.limits.bounds import Limits, Stopped, WorkerError
from hcclit.limits.worker import FINDINGS, PAGES, PICTURES, PRINTED, READINGS, RECORDS, Worker

__all__ = [
    "FINDINGS",
    "PAGES",
    "PICTURES",
    "PRINTED",
    "READINGS",
    "RECORDS",
    "Limits",
    "Stopped",
    "Worker",
    "WorkerError",
]
