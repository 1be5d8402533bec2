#!/usr/bin/env python3
"""Runs the opponents in turns, a process each, and prints the table: medians, ratios, bars. `packaging/bench engine` builds and calls it."""

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

import bars

# Opponent: its program, and the Debian package it needs.
OPPONENTS = {
    "blaze": ("blaze", None),
    "sqlite-rowid": ("sqlite", "libsqlite3-dev"),
    "sqlite-clustered": ("sqlite", "libsqlite3-dev"),
    "sqlcipher-rowid": ("sqlcipher", "libsqlcipher-dev"),
    "sqlcipher-clustered": ("sqlcipher", "libsqlcipher-dev"),
    "lmdb": ("lmdb", "liblmdb-dev"),
    "rocksdb": ("rocksdb", "librocksdb-dev"),
    "leveldb": ("leveldb", "libleveldb-dev"),
}
LARGE_OPPONENTS = ("blaze", "sqlcipher-rowid")
QUIET = 0.10  # Of the machine; with more than that used by others a figure is said to be taken under load.


def program_of(opponent, folder):
    return folder / f"blazedb_bench_engine_{OPPONENTS[opponent][0]}"


def busy_seconds():
    """All processors, all processes."""
    user, nice, system, idle, iowait, irq, softirq, steal = map(int, Path("/proc/stat").read_text().split()[1:9])
    return (user + nice + system + irq + softirq + steal) / os.sysconf("SC_CLK_TCK")


def children_seconds():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def measure(opponent, options):
    """One process. Gives what it printed, and the share of the machine that others used meanwhile."""
    folder = options.folder / "run"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    command = [program_of(opponent, options.programs), "--opponent", opponent, "--folder", folder, "--documents", str(options.documents)]
    for work in options.work:
        command += ["--work", work]
    busy, ours, start = busy_seconds(), children_seconds(), time.monotonic()
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    taken = time.monotonic() - start
    foreign = (busy_seconds() - busy) - (children_seconds() - ours)
    shutil.rmtree(folder, ignore_errors=True)
    if done.returncode != 0:
        sys.exit(f"bench: {opponent} ended with {done.returncode}")
    result = json.loads(done.stdout)
    result["foreignLoad"] = max(0.0, foreign / (taken * os.cpu_count()))
    return result


def measure_rounds(opponents, options):
    rounds = []
    for number in range(options.rounds):
        turn = opponents[number % len(opponents):] + opponents[:number % len(opponents)]
        for opponent in turn:
            print(f"round {number + 1} of {options.rounds}: {opponent}", file=sys.stderr, flush=True)
            rounds.append(measure(opponent, options))
    return rounds


def medians(rounds):
    values = {}
    for result in rounds:
        for name, value in result["figures"].items():
            values.setdefault(result["opponent"], {}).setdefault(name, []).append(value)
    return {opponent: {name: statistics.median(list_) for name, list_ in figures.items()} for opponent, figures in values.items()}


def print_table(works, figures, opponents):
    title_width = max(len(f"{work.title} [{work.unit}]") for work in works) + 1
    columns = [opponent for opponent in opponents if opponent in figures]
    print("".ljust(title_width) + "".join(f"  {column:18}" for column in columns))
    for work in works:
        if not any(work.figure in figures[column] for column in columns):
            continue
        reference = figures.get(bars.OURS, {}).get(work.figure)
        line = (f"{work.title} [{work.unit}]" if work.unit else work.title).ljust(title_width)
        for column in columns:
            value = figures[column].get(work.figure)
            if value is None:
                line += f"{'—':>11}{'':9}"
                continue
            ratio = f"{value / reference:7.2f}x " if reference and work.bars and column != bars.OURS else ""
            line += f"{value:>11,.{work.digits}f}{ratio:9}"
        print(line)


def print_verdicts(verdicts):
    print(f"\n{'':7}{'work':40}{'ours':>12}{'limit':>12}{'ratio':>8}  against")
    for verdict in verdicts:
        number = lambda value: "—" if value is None else f"{value:,.3f}" if abs(value) < 100 else f"{value:,.0f}"
        print(f"{verdict.level:7}{verdict.work:40}{number(verdict.ours):>12}{number(verdict.limit):>12}{number(verdict.ratio):>8}  {verdict.against}: "
              f"{verdict.outcome}{' (' + '; '.join(verdict.notes) + ')' if verdict.notes else ''}")


def print_legend(rounds):
    print("\nAn x is the figure in ours. Each opponent:")
    seen = {}
    loads = {}
    for result in rounds:
        seen[result["opponent"]] = f"{result['version']}: {result['settings']}"
        loads.setdefault(result["opponent"], []).append(result["foreignLoad"])
    for opponent, text in seen.items():
        load = statistics.median(loads[opponent])
        print(f"  {opponent:20} {text}" + (f" [taken under load: others used {load:.0%} of the machine]" if load > QUIET else ""))


def parse():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--programs", type=Path, required=True, help="folder of the opponents' programs")
    parser.add_argument("--folder", type=Path, required=True, help="where the databases are made: on the disk that is to be measured")
    parser.add_argument("--json", type=Path, required=True, help="file for all figures of all rounds")
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--large", type=int, nargs="?", const=10_000_000, metavar="DOCUMENTS", help="how costs grow, up to so many documents (10,000,000)")
    parser.add_argument("--opponent", action="append", choices=list(OPPONENTS), help="only this one (may come again)")
    parser.add_argument("--work", action="append", default=[], help="only this work (may come again)")
    options = parser.parse_args()
    if options.large:
        options.documents, options.work = options.large, ["growth"]
    options.rounds = options.rounds or (1 if options.large else 5)
    options.opponent = options.opponent or list(LARGE_OPPONENTS if options.large else OPPONENTS)
    return options


def main():
    options = parse()
    works = bars.LARGE_WORKS if options.large else bars.WORKS
    missing = [opponent for opponent in options.opponent if not program_of(opponent, options.programs).exists()]
    opponents = [opponent for opponent in options.opponent if opponent not in missing]
    if not opponents:
        sys.exit("bench: no opponent's program is in " + str(options.programs))
    rounds = measure_rounds(opponents, options)
    figures = medians(rounds)
    verdicts = bars.judge_all(works, figures)

    print(f"\n{options.documents:,} documents of {figures[opponents[0]].get('size.jsonBytesPerDocument', 400):.0f} bytes of JSON, {options.rounds} round(s), medians\n")
    print_table(works, figures, opponents)
    print_verdicts(verdicts)
    print_legend(rounds)
    for opponent in missing:
        package = OPPONENTS[opponent][1]
        print(f"  {opponent:20} not measured: " + (f"{package} is not installed" if package else "its program was not built"))
    options.json.parent.mkdir(parents=True, exist_ok=True)
    options.json.write_text(json.dumps({"documents": options.documents, "medians": figures, "verdicts": [vars(verdict) for verdict in verdicts],
                                        "missing": missing, "rounds": rounds}, indent=1, ensure_ascii=False) + "\n")
    print(f"\nAll figures of all rounds: {options.json}")
    sys.exit(1 if any(verdict.level == "must" and verdict.outcome == "MISSED" for verdict in verdicts) else 0)


if __name__ == "__main__":
    main()
