"""The sample centre with which a new user can try everything: a frozen value made from a seed."""

from wfm.samples.centre import DEFAULT_SEED, HISTORY_WEEKS, SampleCentre, sample_centre

__all__ = ["DEFAULT_SEED", "HISTORY_WEEKS", "SampleCentre", "sample_centre"]
