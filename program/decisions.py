"""Decisions with their options and dissent, and the assumptions that they rest on."""

STATES = {"open": "Not checked", "holds": "Holds", "broken": "Does not hold"}
