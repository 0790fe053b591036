"""Marginal scales: a share of only the part of a base that lies in a band ("超出1亿元部分的5%").

The share is never taken of the whole base. Bands of one scale are added, and a ceiling holds for their sum.
"""

from collections.abc import Sequence
from dataclasses import replace

from assistant.clause.bands import Band, band_of
from assistant.clause.rule import SubsidyRule


def bands_of(rules: Sequence[SubsidyRule]) -> tuple[Band, ...] | None:
    """The bands of one marginal scale, all on the metric that any of them names; None when they are no scale."""
    bands = [band for rule in rules if (band := band_of(rule)) is not None]
    if len(bands) < 2 or len(bands) < len(rules):
        return None
    metric = next((band.metric for band in bands if band.metric), "")
    return tuple(replace(band, metric=metric) for band in bands)
