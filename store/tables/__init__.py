"""The tables, one module a subject: whatever they declare is had from here."""

from store.tables.accounts import *
from store.tables.ballots import *
from store.tables.campaigns import *
from store.tables.cases import *
from store.tables.council import *
from store.tables.files import *
from store.tables.lines import *
from store.tables.office import *
from store.tables.outbox import *
from store.tables.papers import *
from store.tables.record import *
from store.tables.scorecards import *
from store.tables.signing import *
