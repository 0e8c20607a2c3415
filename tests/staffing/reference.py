"""Erlang's formulas at forty digits, by other routes than the program takes.

B by its forward recursion; Erlang A by adding up the states of the birth-death process, and the
distribution of the wait by the integrals of Mandelbaum and Zeltyn or, faster, by Kummer's function.
"""

from __future__ import annotations

from mpmath import exp, hyp1f1, mp, mpf, quad

mp.dps = 40


def blocking(load: float, agents: int) -> mpf:
    """Erlang B by the recursion in n."""
    value = mpf(1)
    for n in range(1, agents + 1):
        value = load * value / (n + load * value)
    return value


def wait_probability(load: float, agents: int) -> mpf:
    """Erlang C from Erlang B; 1 in overload."""
    if agents <= load:
        return mpf(1)
    blocked = blocking(mpf(load), agents)
    return agents * blocked / (agents - load * (1 - blocked))


def patient(load: float, agents: int, aht: float, threshold: float) -> dict[str, mpf]:
    """Every figure of an Erlang C queue below overload."""
    waiting = wait_probability(load, agents)
    spare = agents - mpf(load)
    beyond = waiting * exp(-spare * threshold / aht)
    return {
        "waiting": waiting,
        "abandoned": mpf(0),
        "within": 1 - beyond,
        "beyond": beyond,
        "asa": waiting * aht / spare,
        "occupancy": mpf(load) / agents,
    }


def impatient(load, agents, aht, patience, threshold, wait=None) -> dict[str, mpf]:
    """Every figure of an Erlang A queue from its states, summed until they vanish.

    A contact that finds j waiting is offered a wait of j + 1 exponential stages; only the mean is
    taken from them, the distribution comes from ``wait`` (:func:`by_kummer` unless given).
    """
    distribution = wait or by_kummer
    load, aht, patience = mpf(load), mpf(aht), mpf(patience)
    arrivals, mu, theta = load / aht, 1 / aht, 1 / patience
    blocked = blocking(load, agents)
    # states relative to "all agents busy, nobody waits"
    state, waited = mpf(1), mpf(0)
    total = queue = answered_wait = mpf(0)
    j = 0
    while True:
        rate = agents * mu + (j + 1) * theta
        waited += 1 / rate
        total += state
        queue += j * state
        answered_wait += state * (agents * mu / rate) * waited
        j += 1
        factor = arrivals / (agents * mu + j * theta)
        state *= factor
        if factor < 1 and state * (j + 1) < mpf(10) ** -45 * total:
            break
    all_busy = 1 / (total + 1 / blocked - 1)
    waiting, abandoned = total * all_busy, theta * queue * all_busy / arrivals
    return {
        "waiting": waiting,
        "abandoned": abandoned,
        "asa": answered_wait * all_busy / (1 - abandoned),
        "occupancy": load * (1 - abandoned) / agents,
        "queue": queue * all_busy,
        **distribution(load, agents, aht, patience, mpf(threshold), waiting, abandoned),
    }


def by_kummer(load, agents, aht, patience, threshold, waiting, abandoned) -> dict[str, mpf]:
    """Shares beyond the threshold by 1F1(1; a+1; y) at y e^-θT and at y."""
    theta, service, y = 1 / patience, agents / aht, load / aht * patience
    x = service * patience
    left = y * exp(-theta * threshold)
    drift = exp(y - left - service * threshold)
    late = (
        waiting
        * drift
        * hyp1f1(1, x + 1, left, maxterms=10**7)
        / hyp1f1(1, x + 1, y, maxterms=10**7)
    )
    share = (
        drift
        * exp(-theta * threshold)
        * hyp1f1(1, x + 2, left, maxterms=10**7)
        / hyp1f1(1, x + 2, y, maxterms=10**7)
    )
    return {
        "within": 1 - waiting + (waiting - abandoned) * (1 - share),
        "late": late,
        "beyond": late * exp(-theta * threshold),
    }


def by_density(load, agents, aht, patience, threshold, waiting, _) -> dict[str, mpf]:
    """Shares by integrating the density of the offered wait, exp(λ(1-e^-θt)/θ - nμt)."""
    theta, service, arrivals = 1 / patience, agents / aht, load / aht

    def density(t):
        return exp(arrivals * (1 - exp(-theta * t)) / theta - service * t)

    ends = [*(threshold * k / 8 for k in range(9)), *(threshold + patience * k for k in (1, 3, 9))]
    early = quad(density, ends[:9])
    late = quad(density, [*ends[8:], mp.inf])
    answered = quad(lambda t: density(t) * exp(-theta * t), ends[:9])
    late_share = waiting * late / (early + late)
    return {
        "within": 1 - waiting + waiting * answered / (early + late),
        "late": late_share,
        "beyond": late_share * exp(-theta * threshold),
    }


def service_level(state: dict[str, mpf], definition: str) -> mpf:
    """Each definition from what is answered, given up and still waiting at the threshold."""
    within, beyond = state["within"], state["beyond"]
    given_up = 1 - within - beyond
    return {
        "answered_of_offered": within,
        "short_abandons_excluded": within / (1 - given_up),
        "abandons_counted": within + given_up,
        "answered_of_answered": within / (1 - state["abandoned"]),
    }[definition]
