"""
MS Project XML through mpxj, in a process of its own: `read` turns XML into JSON, `write` JSON into XML.

It is started by program.reports.msproject only, which checks what comes in. Nothing else imports jpype.
"""

import json
import sys
from typing import Any

NO_JAVA = 3
UNREADABLE = 4
MINUTES = 480  # of a working day in the files that are written: 8 to 12 and 13 to 17
HOURS = ((8, 12), (13, 17))
WORKDAYS = 5
ENDS = {"F": "FINISH", "S": "START"}
EXCEPTION_NAME = 255


def main() -> int:
    import jpype
    import mpxj  # noqa: F401 - puts its archives on the class path

    try:
        jpype.startJVM("-Djava.awt.headless=true", "-Xmx768m", convertStrings=False)
    except jpype.JVMNotFoundException:
        return NO_JAVA
    try:
        if sys.argv[1] == "read":
            sys.stdout.write(json.dumps(Reader(jpype).project(sys.stdin.buffer.read())))
        else:
            sys.stdout.buffer.write(Writer(jpype).xml(json.load(sys.stdin)))
    except jpype.JException as problem:
        sys.stderr.write(str(problem))
        return UNREADABLE
    return 0


class Reader:
    def __init__(self, jpype: Any) -> None:
        self.mpxj, self.java = jpype.JPackage("org.mpxj"), jpype.JPackage("java")

    def project(self, content: bytes) -> dict[str, Any]:
        stream = self.java.io.ByteArrayInputStream(content)
        self.file = self.mpxj.mspdi.MSPDIReader().read(stream)
        if self.file is None:
            return {"tasks": [], "exceptions": []}
        self.properties = self.file.getProjectProperties()
        tasks = [self.task(each) for each in self.file.getTasks() if each.getUniqueID() is not None]
        return {"tasks": tasks, "exceptions": self.exceptions()}

    def task(self, task: Any) -> dict[str, Any]:
        constraint = task.getConstraintType()
        return {
            "uid": str(task.getUniqueID()),
            "row": int(str(task.getID() or 0)),
            "name": _text(task.getName()),
            "summary": bool(task.hasChildTasks()) or bool(task.getSummary()),
            "inactive": task.getActive() is not None and not bool(task.getActive()),
            "duration": self.days(task.getDuration()),
            "percent": _number(task.getPercentageComplete()),
            "started_on": _day(task.getActualStart()),
            "finished_on": _day(task.getActualFinish()),
            "constraint": _text(constraint),
            "constraint_on": _day(task.getConstraintDate()),
            "links": [self.link(each) for each in task.getPredecessors()],
        }

    def link(self, relation: Any) -> dict[str, Any]:
        lag = relation.getLag()
        days = self.days(lag) or 0.0
        if lag is not None and str(lag.getUnits().name()).endswith("PERCENT"):
            before = self.days(relation.getPredecessorTask().getDuration()) or 0.0
            days = before * float(str(lag.getDuration())) / 100
        kind = "".join(part[0] for part in str(relation.getType().name()).split("_"))
        return {"uid": str(relation.getPredecessorTask().getUniqueID()), "kind": kind, "lag": days}

    def days(self, duration: Any) -> float | None:
        """Working days; an elapsed duration counts five of seven days."""
        if duration is None:
            return None
        units = self.mpxj.TimeUnit
        name = str(duration.getUnits().name())
        if name.endswith("PERCENT"):
            return 0.0
        if name.startswith("ELAPSED"):
            minutes = duration.convertUnits(units.MINUTES, self.properties).getDuration()
            return float(str(minutes)) / (24 * 60) * WORKDAYS / 7
        return float(str(duration.convertUnits(units.DAYS, self.properties).getDuration()))

    def exceptions(self) -> list[dict[str, str]]:
        calendar = self.file.getDefaultCalendar()
        found = calendar.getExpandedCalendarExceptions() if calendar is not None else ()
        return [
            {"from": str(each.getFromDate()), "to": str(each.getToDate()), "name": _text(each.getName()) or ""}
            for each in found
            if not each.getWorking()
        ]


class Writer:
    def __init__(self, jpype: Any) -> None:
        self.mpxj, self.java = jpype.JPackage("org.mpxj"), jpype.JPackage("java")

    def xml(self, plan: dict[str, Any]) -> bytes:
        file = self.mpxj.ProjectFile()
        properties = file.getProjectProperties()
        properties.setName(plan["name"])
        properties.setProjectTitle(plan["name"])
        properties.setStartDate(self.moment(plan["start"]))
        properties.setStatusDate(self.moment(plan["today"]))
        properties.setMinutesPerDay(self.java.lang.Integer.valueOf(MINUTES))
        file.setDefaultCalendar(self.calendar(file, plan["holidays"]))
        tasks = {each["key"]: self.task(file, each) for each in plan["activities"]}
        for each in plan["activities"]:
            for link in each["links"]:
                self.link(tasks[each["key"]], tasks[link["key"]], link)
        target = self.java.io.ByteArrayOutputStream()
        self.mpxj.mspdi.MSPDIWriter().write(file, target)
        return bytes(target.toByteArray())

    def calendar(self, file: Any, holidays: list[list[str]]) -> Any:
        calendar = file.addDefaultBaseCalendar()
        calendar.setCalendarMinutesPerDay(self.java.lang.Integer.valueOf(MINUTES))
        for day, name in holidays:
            on = self.java.time.LocalDate.parse(day)
            calendar.addCalendarException(on).setName(name[:EXCEPTION_NAME])
        return calendar

    def task(self, file: Any, each: dict[str, Any]) -> Any:
        task = file.addTask()
        task.setName(each["name"])
        task.setGUID(self.java.util.UUID.fromString(each["guid"]))
        task.setDuration(self.length(each["duration"]))
        task.setMilestone(not each["duration"])
        task.setPercentageComplete(self.java.lang.Double.valueOf(each["percent"]))
        task.setActualDuration(self.length(each["duration"] * each["percent"] / 100))
        task.setRemainingDuration(self.length(each["duration"] * (1 - each["percent"] / 100)))
        task.setStart(self.moment(each["start"]))
        task.setFinish(self.moment(each["finish"]))
        for name, set_ in (("actual_start", task.setActualStart), ("actual_finish", task.setActualFinish)):
            if each[name]:
                set_(self.moment(each[name]))
        if each["not_before"]:
            task.setConstraintType(self.mpxj.ConstraintType.START_NO_EARLIER_THAN)
            task.setConstraintDate(self.moment(each["not_before"]))
        return task

    def link(self, task: Any, before: Any, link: dict[str, Any]) -> None:
        kind = getattr(self.mpxj.RelationType, "_".join(ENDS[end] for end in link["kind"]))
        relation = self.mpxj.Relation.Builder().predecessorTask(before).type(kind)
        task.addPredecessor(relation.lag(self.length(link["lag"])))

    def length(self, days: float) -> Any:
        return self.mpxj.Duration.getInstance(float(days), self.mpxj.TimeUnit.DAYS)

    def moment(self, text: str) -> Any:
        return self.java.time.LocalDateTime.parse(text)


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _number(value: Any) -> float | None:
    return None if value is None else float(str(value))


def _day(value: Any) -> str | None:
    return None if value is None else str(value.toLocalDate())


if __name__ == "__main__":
    sys.exit(main())
