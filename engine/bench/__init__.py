"""Benchmarks: what the engine finds and costs in catalogs of sizes that nobody has labelled."""
