"""Prefect only here: thin flows around functions of `hcclit`. Installed as the package `hcclit_flows`."""
