"""Strategy: canvases whose notes lead somewhere, and whether every component serves an objective."""

CAPABILITIES = (
    "social_profiles",
    "social_adoption",
    "company_profiles",
    "communities",
    "interaction_tracking",
    "knowledge_integration",
    "data_use",
)
