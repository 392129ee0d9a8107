"""The roadmap: activities and milestones with their dates, and what holds them up."""
