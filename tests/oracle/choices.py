"""Which option a duty is, and an agent's horizon as a row of options."""

from __future__ import annotations

from itertools import pairwise

from tests.oracle.documents import Json, day_of, unpaid

OFF = -1
STRANGE = -2


def places(rule: Json, duty: Json, slot: int) -> set[int]:
    """Return the minutes at which a break may start: its window's grid, else its first minute."""
    first, last = duty["start"] + rule["earliest"], duty["start"] + rule["latest"]
    last = min(last, duty["end"] - rule["length"])
    return {minute for minute in range(first, last + 1) if minute % slot == 0} or {first}


def matched(rules: list[Json], breaks: list[Json], duty: Json, slot: int) -> bool:
    """Tell whether every break rule has a break of its own, with none left over."""
    if not rules:
        return not breaks
    first, *rest = rules
    return any(
        item["length"] == first["length"]
        and bool(item["paid"]) == bool(first["paid"])
        and item["start"] in places(first, duty, slot)
        and matched(rest, breaks[:number] + breaks[number + 1 :], duty, slot)
        for number, item in enumerate(breaks)
    )


def apart(breaks: list[Json], gap: int = 0) -> bool:
    """Tell whether so many minutes lie between any two breaks."""
    spans = sorted((item["start"], item["start"] + item["length"]) for item in breaks)
    return all(two[0] - one[1] >= gap for one, two in pairwise(spans))


def candidates(problem: Json, agent: Json, duty: Json) -> tuple[list[int], str]:
    """Return the agent's options that a duty can be, or why it is none of them."""
    options = problem["options"]
    spans = [
        number
        for number in agent["options"]
        if (options[number]["start"], options[number]["end"]) == (duty["start"], duty["end"])
        and duty["kind"] in ("", options[number]["kind"])
    ]
    if not spans:
        return [], "is none of the agent's shifts"
    slot = problem["horizon"]["slot_minutes"]
    fitting = [
        number
        for number in spans
        if matched(options[number]["breaks"], duty["breaks"], duty, slot)
        and apart(duty["breaks"], options[number].get("break_gap", 0))
    ]
    if not fitting:
        return [], "has other breaks than its shift, or breaks out of their windows or too close"
    return fitting, ""


def choice_of(problem: Json, agent: Json, place: int, duty: Json) -> int:
    """Return the option a duty is; of several the one that the day's masks like best."""

    def dislike(option: int) -> tuple[int, int, int]:
        hit = [
            item
            for item in agent["primitives"]
            if item["type"] == "Mask" and item["day"] == place and option in item["options"]
        ]
        forbidden = sum(item["price"] is None for item in hit)
        return forbidden, sum(item["price"] or 0 for item in hit), option

    found, _ = candidates(problem, agent, duty)
    return min(found, key=dislike) if found else STRANGE


class Week:
    """One agent's horizon as chosen: an option per day, and the duties themselves."""

    def __init__(self, problem: Json, agent: Json, duties: list[Json]) -> None:
        self.problem, self.agent = problem, agent
        self.days: int = problem["horizon"]["days"]
        self.duties: list[Json | None] = [None] * self.days
        for duty in duties:
            place = day_of(problem, duty["day"])
            if 0 <= place < self.days and self.duties[place] is None:
                self.duties[place] = duty
        self.choices = [
            OFF if duty is None else choice_of(problem, agent, place, duty)
            for place, duty in enumerate(self.duties)
        ]

    def measure(self, name: str, place: int) -> int:
        """Return a measure of a day; hand-made duties are measured as far as they can be."""
        choice, duty = self.choices[place], self.duties[place]
        if choice >= 0:
            return int(self.problem["measures"][name][choice])
        if duty is None:
            return 0
        worked = duty["end"] - duty["start"] - unpaid(duty["breaks"])
        return {"duties": 1, "worked_minutes": worked, "start": duty["start"]}.get(name, 0)
