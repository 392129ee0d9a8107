"""Which pages there are, under which section, and at which address."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PageEntry:
    """One page: its section ('' for none), the name people read, its file under pages/ and its flat address."""

    section: str
    title: str
    file: str
    url_path: str


PAGES = (
    PageEntry("", "Overview", "home/overview.py", "overview"),
    PageEntry("Assess", "Take", "assess/take.py", "take"),
    PageEntry("Assess", "Results", "assess/results.py", "results"),
    PageEntry("Assess", "Alignment", "assess/alignment.py", "alignment"),
    PageEntry("Assess", "Statements", "assess/models.py", "statements"),
    PageEntry("People", "Stakeholders", "people/stakeholders.py", "stakeholders"),
    PageEntry("People", "Influence", "people/influence.py", "influence"),
    PageEntry("People", "Ownership", "people/ownership.py", "ownership"),
    PageEntry("Plan", "Strategy", "plan/strategy.py", "strategy"),
    PageEntry("Plan", "Components", "plan/components.py", "components"),
    PageEntry("Plan", "Roadmap", "plan/roadmap.py", "roadmap"),
    PageEntry("Plan", "Budget", "plan/budget.py", "budget"),
    PageEntry("Plan", "Risks", "plan/risks.py", "risks"),
    PageEntry("Plan", "Decisions", "plan/decisions.py", "decisions"),
    PageEntry("Measure", "Sources", "measure/sources.py", "sources"),
    PageEntry("Measure", "Engagement", "measure/engagement.py", "engagement"),
    PageEntry("Program", "Programs", "home/programs.py", "programs"),
    PageEntry("Program", "Members", "home/members.py", "members"),
)
DEFAULT = PAGES[0]
SECTIONS = tuple(dict.fromkeys(page.section for page in PAGES))
ADDRESSES = tuple(page.url_path for page in PAGES)


def section_of(title: str) -> str:
    """The section of a page by its name; '' when it has none."""
    return next((page.section for page in PAGES if page.title == title), "")
