from __future__ import annotations

import pytest

from risk.deid import without_identifiers

GONE = (
    "Dagny Kelmarsh",
    "Kelmarsh, Dagny",
    "DAGNY KELMARSH",
    "Mrs. Kelmarsh",
    "Dr. Dagny Kelmarsh",
    "03/14/2017",
    "2017-03-14",
    "March 14, 2017",
    "14 March 2017",
    "92-year-old",
    "(201) 555-0142",
    "201-555-0142",
    "dagny.kelmarsh12@example.org",
    "666-12-3456",
    "MRN 00482913",
    "HP-ABC1234567",
    "ACCT-001234567",
    "LIC-AB123456",
    "ABC-1234",
    "SNAB12345678",
    "https://portal.example.org/p/abcdefgh",
    "203.0.113.7",
    "FP-ABCD-123456",
    "IMG_12345678.jpg",
    "STUDY-ABC-1234",
    "412 Mothwing Street, Fernhollow 07450",
)
KEPT = (
    "Parkinson disease in the family",
    "Child-Pugh A. Clothes have become loose",
    "3/6 systolic murmur",
    "blood pressure 142/88",
    "A1c 7.2 %",
    "ICD-10 K76.0",
    "CHA2DS2-VASc 3",
    "metformin 500 mg twice daily",
    "diabetes since 2009",
    "65-year-old",
    "Hashimoto thyroiditis",
    "hepatitis B surface antigen negative",
)


@pytest.mark.parametrize("text", GONE)
def test_an_identifier_is_gone_from_the_middle_of_a_note(text):
    clean = without_identifiers(f"No falls. Came with {text}. Eats well.")
    assert clean.startswith("No falls. Came with [")
    assert clean.endswith("]. Eats well.")


@pytest.mark.parametrize("text", KEPT)
def test_a_finding_stays(text):
    assert without_identifiers(f"No falls. {text}. Eats well.") == f"No falls. {text}. Eats well."


def test_a_clean_note_stays_as_it_is_when_cleaned_again():
    once = without_identifiers("Mrs. Kelmarsh, 66-year-old, seen 03/14/2017. SSN 666-12-3456.")
    assert without_identifiers(once) == once
