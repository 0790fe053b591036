"""Dimensions: what the rules of the grammar may say of a number or of a turn, and which values of it exclude each other."""

from collections.abc import Mapping

# What the rules of each dimension may say. A further value needs a reader that knows what to do with it.
VALUES: Mapping[str, frozenset[str]] = {
    "bound": frozenset({"less_than", "at_most", "at_least", "more_than", "just_past", "far_past", "about"}),
    # how the asker stands to a number
    "stance": frozenset(
        {
            "denied",
            "contradicted",
            "unit_price",
            "of_count",
            "price_asked",
            "awarded",
            "claimed",
            "funded",
            "elsewhere",
            "of_more",
            "said_wrong",
            "nothing",
        }
    ),
    "source": frozenset({"told", "heard"}),  # who says so
    "name": frozenset({"grant", "other_thing"}),
    "outcome": frozenset({"expected", "actual", "recognised", "so_far", "lost"}),
    "correction": frozenset({"instead"}),
    "part_of": frozenset({"part", "part_behind_space"}),
    "stay": frozenset({"short", "at_least", "left_early"}),
    "counted": frozenset({"called_off", "held", "left_out", "staff", "crowd", "remaining"}),
    "time": frozenset({"past", "from", "now", "earlier_year", "monthly", "daily", "by_month", "full_year", "paid_for"}),
    "addition": frozenset({"added", "also"}),
    "change": frozenset({"change"}),
    "extent": frozenset({"total", "whole", "listed", "of_years"}),
    "order": frozenset({"behind", "thing_behind"}),  # what is measured is named behind the number
    "purpose": frozenset({"on"}),
    "portion": frozenset({"share_of_before", "share_of_behind", "rest"}),
    "joined": frozenset({"same"}),
    "next": frozenset({"further", "besides", "and"}),  # what leads from one thing told or asked to another
    "asked": frozenset({"yearly", "maximum"}),
    # what a time runs from, and what happened on a day
    "event": frozenset(
        {
            "aged",
            "founded",
            "signed",
            "contract",
            "graduated",
            "insured",
            "unemployed",
            "land",
            "started",
            "producing",
            "arrived",
            "worked",
        }
    ),
    "founding": frozenset({"founded"}),
    "runs": frozenset({"behind", "till_now"}),
    # what askers say of themselves
    "part": frozenset({"takes_part", "leads", "not_leading"}),
    "office": frozenset({"区县级", "市级", "省级"}),
    "lasting": frozenset({"for_years", "newly"}),
    "negated": frozenset({"lacks"}),
    "size": frozenset({"大型企业", "中型企业", "小微企业"}),
    "doubt": frozenset({"whether"}),
    "little": frozenset({"too_little"}),
    "filler": frozenset({"neutral"}),
}
# Dimensions of which only one value can hold of a number; of several wordings the longest counts.
EXCLUSIVE = frozenset({"bound"})
