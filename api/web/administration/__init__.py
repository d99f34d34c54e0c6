"""Administering: the office's people and rules, accounts, and what is stuck."""

from api.web.administration import (
    accounts,
    days,
    departments,
    histories,
    index,
    letterhead,
    letters,
    organisation,
    people,
    proposals,
    ratings,
    rule_packs,
    set_aside,
    tokens,
    twins,
    witnessing,
)

PAGES = (
    index,
    organisation,
    departments,
    people,
    twins,
    histories,
    ratings,
    proposals,
    days,
    letterhead,
    rule_packs,
    accounts,
    tokens,
    witnessing,
    set_aside,
    letters,
)
