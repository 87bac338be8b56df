"""Records in the tools that people have, and back: brat, Label Studio, spaCy, Excel, tables for meta-analysis.

`sources` gives the papers that a command names, with their records as they stand there; each other module knows one
foreign format. What comes back from a person's tool goes through `regions`, which checks it against the contract.
"""
