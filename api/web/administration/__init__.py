"""Administering: the office's people and rules, accounts, and what is stuck."""

from api.web.administration import (
    accounts,
    days,
    index,
    organisation,
    rule_packs,
    set_aside,
    tokens,
)

PAGES = (index, organisation, days, rule_packs, accounts, tokens, set_aside)
