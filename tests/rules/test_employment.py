from tests.rules.asking import broken, words
from tests.rules.builders import context, day, duty
from wfm.model.people import Agent
from wfm.rules.employment import Employment


def test_work_begins_on_the_day_of_hire_and_ends_before_the_day_of_leaving():
    agent = Agent("a", "1", "Aoki", "t", "free", hired=day(1), left=day(4))
    facts = context(agent=agent)
    assert broken(facts, Employment(), [duty(place) for place in range(6)]) == [(0,), (4,), (5,)]
    assert words(facts, Employment(), [duty(0)]) == [f"Not employed on {day(0)}"]
