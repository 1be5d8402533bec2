"""What the engine must and wants to reach in the comparison, and whether it does. Works on plain figures: {opponent: {figure: number}}."""

from dataclasses import dataclass, field
from typing import Callable, Optional

OURS = "blaze"
SQLCIPHER = "sqlcipher-rowid"
FASTEST = "the best peer"
ONE_SYNC = 1.02  # A log that grows syncs its size now and then.

Figures = dict[str, dict[str, float]]


@dataclass(frozen=True)
class Bar:
    """Our figure against `factor` times the same figure of a peer, of the best of them, or against a figure of our own, or a number."""

    level: str  # must or aim
    factor: float = 1.0
    peer: Optional[str] = None
    own: Optional[str] = None  # a figure of ours that is the measure
    number: Optional[float] = None
    figure: Optional[str] = None  # judged instead of the work's own figure
    is_strict: bool = False
    growth_of: Optional[tuple[str, str, str]] = None  # peer, figure, figure it grew from


@dataclass(frozen=True)
class Work:
    title: str
    figure: str
    unit: str
    bars: tuple[Bar, ...] = ()
    more_is_better: bool = False
    digits: int = 2


@dataclass
class Verdict:
    work: str
    level: str
    against: str
    ours: Optional[float]
    limit: Optional[float]
    ratio: Optional[float] = None
    outcome: str = "not judged"
    notes: list[str] = field(default_factory=list)


WORKS = (
    Work("durable insert one by one, p50", "single.usP50", "us", (
        Bar("must", number=ONE_SYNC, figure="single.syncsPerCommit"),
        Bar("must", 1.15, FASTEST),
        Bar("aim", 1.15, own="single.overwriteUsP50")), digits=0),
    Work("  the same, p99", "single.usP99", "us", digits=0),
    Work("  syncs a commit", "single.syncsPerCommit", ""),
    Work("  4 KiB overwrite + fdatasync beside it, p50", "single.overwriteUsP50", "us", digits=0),
    Work("  the same, p99", "single.overwriteUsP99", "us", digits=0),
    Work("durable batches of 1,000", "batches.usPerDocument", "us/doc", (
        Bar("must", 0.5, SQLCIPHER), Bar("must", 1.0, "rocksdb", is_strict=True), Bar("aim", 1.0, "leveldb", is_strict=True))),
    Work("  processor time", "batches.usPerDocumentCpu", "us/doc"),
    Work("  syncs a commit", "batches.syncsPerCommit", ""),
    Work("  bytes written a byte of JSON, with close", "batches.bytesWrittenPerByte", ""),
    Work("one transaction", "transaction.usPerDocument", "us/doc", (
        Bar("must", 1.0, SQLCIPHER, is_strict=True), Bar("aim", 1.0, "lmdb", is_strict=True))),
    Work("  processor time", "transaction.usPerDocumentCpu", "us/doc"),
    Work("point read by id", "point.us", "us", (Bar("must", 0.5, SQLCIPHER), Bar("aim", 1.0, "lmdb", is_strict=True))),
    Work("  processor time", "point.usCpu", "us"),
    Work("  p50 / with the clock", "point.usP50", "us"),
    Work("  p99 / with the clock", "point.usP99", "us"),
    Work("  many in one view", "point.usInOneView", "us"),
    Work("scan, one field", "scan.usPerDocument", "us/doc", (Bar("must", 0.6, FASTEST), Bar("aim", 0.3, FASTEST)), digits=3),
    Work("  processor time", "scan.usPerDocumentCpu", "us/doc", digits=3),
    Work("indexed query, 500 documents", "indexed.usPerQuery", "us", (
        Bar("must", 0.8, SQLCIPHER), Bar("must", 1.2, "lmdb"), Bar("aim", 0.7, "lmdb")), digits=0),
    Work("  processor time", "indexed.usPerQueryCpu", "us", digits=0),
    Work("unindexed filter on two fields", "filter.usPerDocument", "us/doc", (Bar("must", 0.6, FASTEST), Bar("aim", 0.3, FASTEST)), digits=3),
    Work("  processor time", "filter.usPerDocumentCpu", "us/doc", digits=3),
    Work("bytes on disk a document, after close", "size.bytesPerDocument", "B", (
        Bar("must", 1.0, SQLCIPHER, is_strict=True), Bar("aim", 1.0, FASTEST, is_strict=True)), digits=0),
    Work("  opened and closed once more", "size.settledBytesPerDocument", "B", digits=0),
    Work("8 readers beside a writer of batches", "readers.besidePerSecond", "reads/s", (
        Bar("must", 1.0, SQLCIPHER, is_strict=True), Bar("aim", number=0.85, figure="readers.besideShare")), more_is_better=True, digits=0),
    Work("  8 readers alone", "readers.alonePerSecond", "reads/s", more_is_better=True, digits=0),
    Work("  share of alone that is left", "readers.besideShare", "", more_is_better=True),
    Work("  written meanwhile", "readers.writtenPerSecond", "docs/s", more_is_better=True, digits=0),
    Work("open", "open.ms", "ms"),
    Work("close after the batches", "batches.closeMs", "ms"),
)


def _growth_works(order: str, factor: float) -> tuple[Work, ...]:
    name = f"growth.{order}."
    last, small = name + "usPerDocumentLastTenth", name + "usPerDocumentAt100k"
    growth = (Bar("must", growth_of=(SQLCIPHER, last, small)),) if order == "random" else ()
    return (
        Work(f"batches, {order} ids: last tenth", last, "us/doc", (Bar("must", factor, own=small), *growth)),
        Work("  up to 100,000", small, "us/doc"),
        Work("  all after that, mean", name + "usPerDocumentMean", "us/doc"),
        Work("  syncs a commit", name + "syncsPerCommit", ""),
        Work("  bytes written a byte of JSON", name + "bytesWrittenPerByte", ""),
        Work("  bytes on disk a document", name + "bytesPerDocument", "B", digits=0),
        Work("  open at the end", name + "openMsAtEnd", "ms", (Bar("must", 1.5, own=name + "openMsAt100k"), Bar("must", number=50.0))),
        Work("  open at 100,000", name + "openMsAt100k", "ms"),
        Work("  close at the end", name + "closeMsAtEnd", "ms", (Bar("must", number=50.0),)),
        Work("  cached read at the end", name + "cachedReadUsAtEnd", "us", (Bar("must", 1.5, own=name + "cachedReadUsAt100k"),)),
        Work("  cached read at 100,000", name + "cachedReadUsAt100k", "us"),
        Work("  most memory", name + "peakMiB", "MiB", (Bar("must", number=128.0),), digits=0),
    )


LARGE_WORKS = (
    *_growth_works("ascending", 1.5),
    *_growth_works("random", 4.0),
    Work("one transaction of a tenth", "growth.transaction.usPerDocument", "us/doc"),
    Work("  most memory", "growth.transaction.peakMiB", "MiB", (Bar("must", number=128.0),), digits=0),
)


def _best(figures: Figures, name: str, pick: Callable) -> Optional[tuple[float, str]]:
    found = [(values[name], peer) for peer, values in figures.items() if peer != OURS and name in values]
    return pick(found) if found else None


def judge(work: Work, bar: Bar, figures: Figures) -> Verdict:
    name = bar.figure or work.figure
    ours = figures.get(OURS, {}).get(name)
    reference, against = None, ""
    if bar.growth_of:
        peer, last, small = bar.growth_of
        values = figures.get(peer, {})
        against = f"growth of {peer}"
        if ours is not None and small in figures[OURS]:
            ours = ours / figures[OURS][small]
        if last in values and small in values:
            reference = values[last] / values[small]
    elif bar.number is not None:
        reference, against = bar.number, bar.figure or "a number"
    elif bar.own:
        reference, against = figures.get(OURS, {}).get(bar.own), bar.own
    elif bar.peer == FASTEST:
        best = _best(figures, name, max if work.more_is_better else min)
        reference, against = (best[0], f"{best[1]}, the best") if best else (None, FASTEST)
    else:
        reference, against = figures.get(bar.peer, {}).get(name), bar.peer
    if bar.factor != 1.0:
        against = f"{bar.factor:g} of {against}"
    limit = None if reference is None else reference * bar.factor
    verdict = Verdict(work.title.strip(), bar.level, against, ours, limit)
    if ours is None or limit is None:
        verdict.notes.append("not measured: " + ("ours" if ours is None else against))
        return verdict
    verdict.ratio = ours / reference if reference else None
    if work.more_is_better:
        is_met = ours > limit if bar.is_strict else ours >= limit
    else:
        is_met = ours < limit if bar.is_strict else ours <= limit
    verdict.outcome = "met" if is_met else "MISSED"
    return verdict


def judge_all(works: tuple[Work, ...], figures: Figures) -> list[Verdict]:
    return [judge(work, bar, figures) for work in works for bar in work.bars]
