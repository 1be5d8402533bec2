"""The judging of the comparison, on figures made up so that the right verdict is plain."""

import unittest

import bars
import compare


def verdicts_of(title, figures, works=bars.WORKS):
    work = next(work for work in works if work.title == title)
    return [(verdict.level, verdict.outcome, verdict.ratio) for verdict in bars.judge_all((work,), figures)]


class Judging(unittest.TestCase):
    def test_a_figure_on_its_limit_is_met_and_above_it_missed(self):
        for ours, outcome in ((5.0, "met"), (5.1, "MISSED")):
            figures = {"blaze": {"point.us": ours}, "sqlcipher-rowid": {"point.us": 10.0}, "lmdb": {"point.us": 20.0}}
            self.assertEqual(verdicts_of("point read by id", figures), [("must", outcome, ours / 10), ("aim", "met", ours / 20)])

    def test_below_means_below(self):
        figures = {"blaze": {"transaction.usPerDocument": 4.0}, "sqlcipher-rowid": {"transaction.usPerDocument": 8.0}, "lmdb": {"transaction.usPerDocument": 4.0}}
        self.assertEqual(verdicts_of("one transaction", figures), [("must", "met", 0.5), ("aim", "MISSED", 1.0)])

    def test_the_best_peer_is_the_least_and_never_ours(self):
        figures = {"blaze": {"scan.usPerDocument": 0.1}, "lmdb": {"scan.usPerDocument": 0.2}, "leveldb": {"scan.usPerDocument": 0.5}}
        self.assertEqual(verdicts_of("scan, one field", figures), [("must", "met", 0.5), ("aim", "MISSED", 0.5)])

    def test_more_reads_are_better(self):
        figures = {"blaze": {"readers.besidePerSecond": 300.0, "readers.besideShare": 0.8}, "sqlcipher-rowid": {"readers.besidePerSecond": 200.0}}
        self.assertEqual([verdict[:2] for verdict in verdicts_of("8 readers beside a writer of batches", figures)], [("must", "met"), ("aim", "MISSED")])

    def test_a_missing_peer_is_not_judged_and_said(self):
        work = next(work for work in bars.WORKS if work.figure == "batches.usPerDocument")
        judged = bars.judge_all((work,), {"blaze": {"batches.usPerDocument": 3.0}, "sqlcipher-rowid": {"batches.usPerDocument": 10.0}})
        self.assertEqual([verdict.outcome for verdict in judged], ["met", "not judged", "not judged"])
        self.assertEqual(judged[1].notes, ["not measured: rocksdb"])

    def test_two_syncs_a_commit_miss_the_bar_however_fast(self):
        figures = {"blaze": {"single.usP50": 100.0, "single.syncsPerCommit": 2.0, "single.overwriteUsP50": 100.0}, "lmdb": {"single.usP50": 400.0}}
        self.assertEqual([verdict[1] for verdict in verdicts_of("durable insert one by one, p50", figures)], ["MISSED", "met", "met"])

    def test_growth_is_compared_with_growth(self):
        figures = {
            "blaze": {"growth.random.usPerDocumentLastTenth": 9.0, "growth.random.usPerDocumentAt100k": 3.0},  # 3 times
            "sqlcipher-rowid": {"growth.random.usPerDocumentLastTenth": 40.0, "growth.random.usPerDocumentAt100k": 20.0},  # twice
        }
        verdicts = verdicts_of("batches, random ids: last tenth", figures, bars.LARGE_WORKS)
        self.assertEqual(verdicts, [("must", "met", 3.0), ("must", "MISSED", 1.5)])


class Medians(unittest.TestCase):
    def test_each_figure_of_each_opponent_by_itself(self):
        rounds = [{"opponent": "lmdb", "figures": {"a": value, "b": -value}} for value in (3, 1, 100)] + [{"opponent": "blaze", "figures": {"a": 7}}]
        self.assertEqual(compare.medians(rounds), {"lmdb": {"a": 3, "b": -3}, "blaze": {"a": 7}})


if __name__ == "__main__":
    unittest.main()
