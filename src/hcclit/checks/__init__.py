"""Does it add up? What a paper states is computed again, and what does not fit is a finding.

One module for each check.
"""
