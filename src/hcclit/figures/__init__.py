"""Figures of records: time axes of patients, medians, forest plots, swimmer plots."""
