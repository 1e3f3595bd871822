"""Optical character recognition: lines are found, then read, by two small networks."""
