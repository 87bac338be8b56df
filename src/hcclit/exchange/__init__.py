"""Records in the formats of other tools: brat, Label Studio, spaCy, Excel, tables for meta-analysis."""
