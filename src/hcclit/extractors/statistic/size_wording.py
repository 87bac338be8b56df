"""The wordings that tell a size without a verb of enrolment, as pairs of patterns: what stands before and behind it.

Each pair holds alone. A pattern that is empty holds everywhere.
"""

from __future__ import annotations

import re

from hcclit.extractors.statistic.around import ENROLS, MODIFIERS, PEOPLE_NEXT
from hcclit.extractors.statistic.values import PEOPLE

_ANALYSED = r"(?:eligible|assessable|evaluable|analy[sz]able)"
_IN_ANALYSIS = (
    r"(?:[a-z]{3,15}ly\s(?:and\s[a-z]{3,15}ly\s)?)?(?:assessable|evaluable|analy[sz]able"
    r"|(?:eligible|available|qualified)\sfor\s(?:(?:an?|the|this|our)\s)?(?:(?:final|primary|efficacy|safety|response"
    r"|survival|outcomes?|statistical|interim|toxicity|intent\S*|per-protocol|full|further)\s){0,3}"
    r"(?:analys[ei]s|evaluation|efficacy|response|safety|toxicity)\b)"
)
_SET = r"(?:analys[ei]s|population|set|cohort)\b"
_SET_NAMED = (
    r"(?:intent(?:ion)?[- ]to[- ]treat|ITT|mITT|per[- ]protocol|full analysis|safety|efficacy|evaluable)\s"
    rf"(?:[\w-]+\s)?{_SET}"
)
_SEXES = r"\s(?:(?:wo)?men|(?:fe)?males?|boys|girls)\b"
_SPECIMENS = r"(?:samples?|specimens?|tumou?rs|biops(?:y|ies)|tissues?|blocks|plasma|serum|sera|blood|DNA|RNA)"
_WORDINGS: tuple[tuple[str, str], ...] = (
    # "PARTICIPANTS: 1,538 women aged 35 to 64"
    (r"(?:^|\s)(?:PARTICIPANTS|PATIENTS|SUBJECTS|POPULATION):\s(?:(?:A|a) total of\s)?$", PEOPLE_NEXT.pattern),
    # "155 patients received at least one dose"
    (r"", rf"\s(?:{PEOPLE}\s)?(?:who\s)?received\s(?:at least\s|[≥>]=?\s?)(?:one|1)\s(?:dose|cycle|course)\b"),
    # "there were 303 assessable patients", "from each of the 58 eligible patients", "leaving 64 assessable"
    (
        r"\b(?:[Aa]mong|[Tt]here were|(?:from|of) (?:each of|all)(?: the)?)\s(?:the\s|all\s)?$",
        rf"\s{_ANALYSED}\s{PEOPLE}\b(?!,?\s(?:there were\s)?(?:\d|one|two|three|four|five|six|seven|eight|nine|ten)\b)",
    ),
    # "109 patients were assessable", "of which 103 were evaluable for response", "100 proved eligible"
    (
        r"",
        rf"\s(?:{PEOPLE}\s)?(?:were|was|are|being|proved|remained)\s(?:eligible and\s|thus\s|considered\s|deemed\s"
        rf"|finally\s|found to be\s)?{_IN_ANALYSIS}",
    ),
    (r"", r"\s(?:proved|proved to be|were found to be|were deemed|were considered)\seligible\b(?!\sfor)"),
    (r"\bwith\s$", rf"\s(?:{PEOPLE}\s)?(?:being\s)?(?:assessable|evaluable|analy[sz]able)\b"),
    # "among 1,934 patients in the intention-to-treat analysis"
    (
        r"\b(?:among|in|for)\s(?:the\s|all\s)?$",
        rf"{PEOPLE_NEXT.pattern}[^.;()]{{0,80}}\sin\s(?:an?\s|the\s|our\s)?(?:modified\s)?{_SET_NAMED}",
    ),
    # "among 199 patients, median age was 67"
    (
        r"\bAmong\s(?:the\s|all\s)?$",
        rf"\s(?:[\w-]+\s){{0,2}}{PEOPLE},\s(?:the\s)?(?:median|mean)\s(?:\([^)]*\)\s)?age\b",
    ),
    # "tumour samples from 149 patients were examined"
    (
        rf"\b{_SPECIMENS}\s(?:[\w-]+\s|\([A-Z]+\)\s)?(?:from|of|for|in)\s(?:a total of\s)?$",
        rf"{PEOPLE_NEXT.pattern}[^.;()]{{0,80}}\s(?:were|was)\s(?:[a-z]{{3,15}}ly\s)?(?:available|examined|analy[sz]ed"
        r"|tested|evaluated|measured|studied|investigated|genotyped|sequenced|stained)\b",
    ),
    (
        r"\b(?:analy[sz]ed|measured|determined|examined|quantified|tested|assessed|evaluated|investigated)\s"
        rf"[^.;()]{{0,60}}\b{_SPECIMENS}\s(?:[\w-]+\s|\([A-Z]+\)\s)?(?:from|of)\s(?:a total of\s)?$",
        PEOPLE_NEXT.pattern,
    ),
    (r"(?<!not )\bavailable (?:for|from|in)\s(?:a total of\s)?$", rf"{PEOPLE_NEXT.pattern}(?!\s(?:who|with)\b)"),
    # "the study was conducted in 38 patients", "a trial comparing A with B in 1,059 patients"
    (
        r"\b(?:study|trial|analysis|survey|investigation)(?:\sof\s[^,;.()]{3,60})?\s(?:was|were)\s(?:[a-z]{3,15}ly\s)?"
        r"(?:conducted|performed|carried out|undertaken|done)\s(?:with|in|on|among|using)\s(?:a total of\s)?$",
        PEOPLE_NEXT.pattern,
    ),
    # "we evaluated 72 men"
    (
        r"\b[Ww]e\s(?:[a-z]{3,15}ly\s)?(?:evaluated|studied|examined|investigated|reviewed|followed|recruited|treated)\s"
        r"(?:a total of\s|data (?:from|of|on)\s|the (?:data|records|charts) of\s)?$",
        PEOPLE_NEXT.pattern,
    ),
    # "66 patients were screened and 19 enrolled"
    (
        r"\b(?:screened|identified|approached|assessed|eligible)\b[^.;]{0,20}\s(?:and|of whom|,)\s$",
        rf"\s(?:{PEOPLE}\s)?(?:were\s)?(?:enrolled|randomi[sz]ed|recruited)\b",
    ),
    # "41 women in the intervention group received A"
    (
        r"(?:^|[.;:]\s|\band\s)$",
        rf"\s{PEOPLE},?\sin\s(?:the\s)?(?:[\w/+-]+\s){{1,4}}(?:group|arm),?\s"
        r"(?:received|underwent|were (?:treated|given))\b",
    ),
    # "an analysis of 530 patients with A and 64 with B", "of 530 A and 64 B patients"
    (
        r"\b(?:analysis|study|trial|series) (?:of|in|among)\s(?:a total of\s)?$",
        rf"(?!{_SEXES})\s(?:[\w-]+\s){{0,3}}and\s[\d,]+\s(?:[\w-]+\s){{0,2}}{PEOPLE}\b",
    ),
    (
        r"\b(?:analysis|study|trial|series) (?:of|in|among)\s[\d,]+\s(?:[\w-]+\s){0,3}and\s$",
        rf"(?!{_SEXES}){PEOPLE_NEXT.pattern}",
    ),
    (
        r"\b[Ww]e\s(?:[a-z]{3,15}ly\s)?(?:evaluated|studied|examined|investigated|analy[sz]ed)\s[^.;]{3,90}"
        r"\s(?:of|in|from)\s$",
        PEOPLE_NEXT.pattern,
    ),
    # "this analysis is based on 875 patients", "a comparison including only the 727 patients"
    (
        r"\b(?:analysis|comparison|population|cohort|set)\b[^.;]{0,110}"
        r"\b(?:includes?|including only|(?:is|was) based on)\s(?:only\s)?(?:the\s)?$",
        PEOPLE_NEXT.pattern,
    ),
    # "with 1,057 patients randomly assigned, recruitment was closed"
    (
        r"\b[Ww]ith\s(?:a total of\s)?$",
        rf"\s{PEOPLE}\s(?:randomly assigned|randomi[sz]ed|enrolled|recruited|accrued|included)\s?[,.]",
    ),
    # "the sample included N = 167 women"
    (r"\b(?:included|comprised|of|with|enrolled|recruited)\s[nN]\s?=\s?$", PEOPLE_NEXT.pattern),
    # "in the first group (22 patients), ablation was done"
    (
        r"(?:^|[.;,]\s|\band\s)(?:[Ii]n\s)?(?:[Tt]he\s)?(?:[\w/+-]+\s){0,3}(?:group|arm)(?:\s[A-Z0-9]{1,2})?\s[(\[]$",
        rf"\s{PEOPLE}\s?[)\]]",
    ),
    # "all 107 patients received the vaccine"
    (
        r"\b[Aa]ll\s(?:of\s)?(?:the\s)?$",
        rf"\s(?:[\w-]+\s){{0,2}}{PEOPLE}\s(?:received|underwent"
        r"|(?:were|was)\s(?:treated|included|analy[sz]ed|evaluated|followed))\b"
        r"(?!\s(?:no|a second|further|additional|steroids?|antibiotics?|transfusions?|prophyla|pre))",
    ),
    # "there were 27 patients in the control group"
    (
        r"\b[Tt]here were\s(?:a total of\s)?$",
        rf"\s(?:[\w-]+\s)?{PEOPLE}\sin\s(?:the\s)?(?:[\w/+-]+\s){{1,4}}(?:group|arm|cohort)\b",
    ),
    # "in this randomised trial, 121 patients received A"
    (
        r"\b(?:In|in) (?:this|a|an|our|the) [^.;:]{0,70}\b(?:trial|study|series),\s$",
        rf"\s{MODIFIERS}{PEOPLE}\s(?:with [^,;.()]{{3,60}}\s)?(?:received|underwent|were treated|were given)\b",
    ),
    # "4,868 and 4,898 were analysed, respectively", "81 patients with A and 33 controls were randomly divided"
    (
        r"",
        rf"\sand\s[\d,]+\s(?:{PEOPLE}\s)?(?:were|was)\s(?:[a-z]{{3,15}}ly\s)?{ENROLS}\b[^;.]*\brespectively\b",
    ),
    (
        r"",
        rf"\s{MODIFIERS}{PEOPLE}\s(?:with\s[^,;.()\d]{{3,60}}\s)?and\s[\d,]+\s(?:[\w-]+\s){{0,3}}{PEOPLE}\s"
        r"(?:with\s[^,;.()\d]{3,60}\s)?(?:were|was)\s(?:then\s)?(?:enrolled|recruited|included|randomi[sz]ed|randomly\s\w+)\b",
    ),
    (r"\bleaving\s(?:a total of\s)?$", rf"\s(?:{PEOPLE}\s)?(?:{_ANALYSED}|for analysis|available for)\b"),
    (r"", rf"\s{PEOPLE}\s(?:were|was)\s{_ANALYSED}\sfor\s(?:an?\s|the\s)?(?:[\w-]+\s){{0,2}}analys[ei]s\b"),
    # "the enrolment of 58 of the planned 120 patients"
    (
        r"\b(?:enrol?lment|accrual|recruitment|inclusion) of\s(?:a total of\s|the first\s)?$",
        rf"\s(?:of (?:the |a )?planned\b|{PEOPLE}\b)",
    ),
    (
        r"\b(?:terminated|closed|stopped)\s(?:early\s)?(?:at|after)\s$",
        r"\sof\s(?:the\s)?(?:planned\s)?[\d,]+\s(?:planned|patients)",
    ),
    # "after 1,323 patients had enrolled"
    (r"", rf"\s{PEOPLE}\s(?:had|have)\s(?:been\s)?(?:enrolled|randomi[sz]ed|accrued|recruited)\b"),
    (r"\b(?:[Ee]xperience (?:with|of|in)|analy[sz]ed\b[^.;()]{0,40}\sin the first)\s$", PEOPLE_NEXT.pattern),
    (r"\b(?:conducted|performed|undertook), in\s$", PEOPLE_NEXT.pattern),
    (r"\b[Aa] total of\s$", rf"\sof\s{PEOPLE}\s(?:were\s)?(?:recruited|enrolled|included)\b"),
    (
        r"",
        rf"\sof the {PEOPLE}\s(?:met [^,;.]{{3,50}} and )?were\s(?:then\s)?"
        r"(?:randomly assigned|randomi[sz]ed|enrolled)\b",
    ),
)  # fmt: skip

WORDINGS = tuple((re.compile(before), re.compile(after)) for before, after in _WORDINGS)
"""What stands before a size and what stands behind it."""
