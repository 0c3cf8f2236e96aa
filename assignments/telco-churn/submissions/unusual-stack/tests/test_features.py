import unittest

import polars as pl

from churnlib.features import features


class FeaturesTest(unittest.TestCase):
    def frame(self, **kw):
        row = {"tenure": "3", "total_charges": "12,5", "contract": "Month-to-month"} | kw
        return features(pl.DataFrame({k: [v] for k, v in row.items()})).row(0)

    def test_decimal_comma(self):
        self.assertEqual(self.frame()[1], 12.5)

    def test_sentinel(self):
        self.assertIsNone(self.frame(tenure="-999")[0])

    def test_monthly(self):
        self.assertEqual(self.frame()[2], 1.0)

    def test_yearly(self):
        self.assertEqual(self.frame(contract="Two year")[2], 0.0)

    def test_text_is_missing(self):
        self.assertIsNone(self.frame(total_charges="n/a")[1])
