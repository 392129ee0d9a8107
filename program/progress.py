"""How much of a component is done, by a rule that is stated for it."""

RULES = {
    "activities": "Days of its activities that are done",
    "fifty_fifty": "Half when an activity starts, all when it ends",
    "zero_hundred": "Nothing until an activity ends",
    "milestones": "Share of its milestones that are reached",
    "spending": "Share of its plan that is spent",
}
