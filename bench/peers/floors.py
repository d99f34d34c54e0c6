"""The floors of both styles: the same rows and transactions, with no engine."""

from uuid import uuid4

from bench.peers.grain import LINES, Phase
from bench.peers.measuring import Figures, Task
from bench.peers.own_style import MEMBERS, OwnStyle
from bench.peers.rows import open_database


def own(task: Task) -> Figures:
    """Take every input of a nomination by itself."""
    style = OwnStyle(open_database(task.url))

    def one(_number: int) -> None:
        key = uuid4().hex
        style.submit(key)
        style.check(key)
        for member in range(MEMBERS):
            style.vote(key, member)
        style.decide(key, style.tally(key))

    return task.each(one)


def grain(task: Task) -> Figures:
    """Take the acts of a phase one after the other."""
    engine = open_database(task.url)

    def play() -> None:
        phase = Phase(engine)
        for together in phase.script():
            for kind, of in together:
                if isinstance(of, int):
                    phase.ballot(of)
                else:
                    phase.apply(kind, phase.receive(kind, of or phase.key), of)

    return task.phases(LINES, play)
