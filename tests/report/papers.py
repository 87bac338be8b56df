"""Invented papers for the tests of pages."""

from hcclit.document import Document
from hcclit.pipeline import extract_document
from hcclit.readers.text import read_text

CASE = """A 61-year-old man with hepatocellular carcinoma treated with sorafenib

Abstract

We report a man whose tumour vanished. 𝛼-fetoprotein (AFP) was 1,250 ng/mL before treatment.

Case report

On 12 March 2009 a 61-year-old man was diagnosed with hepatocellular carcinoma. AFP was 1,250 ng/mL.
Sorafenib 400 mg twice daily was started in April 2009. After 5 weeks the dose was reduced to 200 mg twice daily
because of <b>diarrhoea</b> & "rash". Six months later AFP fell to 12 ng/mL, and CT showed a complete response.

Table 1. Doses of the patient

Date\tSorafenib\tAFP (ng/mL)
April 2009\t400 mg bid\t1250
May 2009\t200 mg bid\t310

Discussion

In the SHARP trial the median overall survival was 10.7 months with sorafenib and 7.9 months with placebo
(HR 0.69; 95% CI 0.55-0.87; P<0.001).
"""

HOSTILE = """Sorafenib "<script>alert(1)</script>" in a man

Case report

The man's AFP was 1,250 ng/mL </p></mark><script>window.hurt = true</script> & fell to 12 ng/mL.
He took sorafenib 400 mg <img src=x onerror="window.hurt = true"> twice daily ' onfocus='window.hurt = true.
--> ]]> {{ 7 * 7 }} {% raw %} </script> <!-- AFP was 44 ng/mL in May 2010.
"""


def paper(text: str = CASE, doc_id: str = "case"):
    """A document with its records."""
    document: Document = read_text(text, doc_id)
    return document, extract_document(document)
