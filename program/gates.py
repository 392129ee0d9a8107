"""Gates: what a component must show before it leaves a stage of its lifecycle."""

OUTCOMES = {"pass": "Pass", "waive": "Pass with a waiver", "hold": "Hold", "stop": "Stop"}
