"""Words in which people speak of faults of data, by kind. An author adds to them in issues.yaml."""

from __future__ import annotations

from graders.words import terms
from harness.model import Fault

# what is accepted as naming a fault, beside a word for what it befalls
WORDS: dict[Fault, tuple[str, ...]] = {
    Fault.SPELLING: terms(
        "spell*, misspel*, typo*, typed, variant*, case, casing, lower*, upper*, capital*, whitespace*, "
        "padded, strip*, trim*, normali*, inconsisten*, letter*, written*, cleaned up, canonical*, fuzzy, "
        "one form, name*"
    ),
    Fault.MISSING: terms(
        "missing*, blank*, empty, null*, nan*, unknown, not known, sentinel*, placeholder*, n a, imput*, "
        "-999, 999, -1, lost, absent, no value*, not recorded, magic number*, filled, nobody knew, not "
        "available, undefined"
    ),
    Fault.UNITS: terms(
        "unit*, cent, cents, hundred*, divid*, scale*, convert*, conversion*, currenc*, times too large, "
        "factor*, /100"
    ),
    Fault.NUMBERS: terms(
        "comma*, decimal*, thousand*, separator*, pars*, number format*, european, as text, locale*"
    ),
    Fault.DATES: terms(
        "format*, day first, days first, month first, months first, year first, iso, slash*, dotted, order*, "
        "ambiguous, parsed, notation*, first"
    ),
    Fault.CLOCKS: terms("utc, time zone*, timezone*, local, clock*, offset*, wall"),
    Fault.DUPLICATES: terms(
        "duplicat*, twice, twin*, repeat*, more than once, copies, copy, dedup*, drop_duplicates, again, "
        "counted once, same, one of each, two numbers, second time"
    ),
    Fault.LEAK: terms(
        "leak*, afterward*, after, later, follow*, future, hindsight, not known, unknown then, known only, "
        "only known, no feature*, not a feature, never a feature, not used, never used, never looked at, "
        "left out, excluded, dropped, ignored, does not exist, not available, unavailable, written when, "
        "filled in, post*, too good, too late"
    ),
    Fault.LABELS: terms(
        "wrong, late, later, delay*, noisy, noise, incorrect, mislabel*, mistake*, corrected, not all, "
        "audit*, unreliable, booked, blank*, missing, unknown, left out, error*, not yet, not known, "
        "not used, counted as, dispute*"
    ),
    Fault.NEW: terms("unseen, unknown, new, never seen, not seen, other, unfamiliar, not in train*, appear*"),
    Fault.ORPHANS: terms(
        "orphan*, without, not in, unmatched, no match*, missing, unknown, left out, join*, lack*, withdr*"
    ),
    Fault.OUTLIERS: terms(
        "outlier*, implausib*, impossib*, extreme*, slipped, ten times, tenfold, clipp*, out of range, wrong"
    ),
    Fault.DRIFT: terms(
        "drift*, chang*, shift*, since, before and, differ*, no longer, moved, older, weigh*, half life"
    ),
}
# what claims a fault whoever reads it: narrower, for counting claims that are not so
CLAIMS: dict[Fault, tuple[str, ...]] = {
    Fault.SPELLING: terms("spell*, misspel*, typo, typos, inconsistent*"),
    Fault.MISSING: terms("missing, blank*, sentinel*, nan*, null*, -999, imput*"),
    Fault.UNITS: terms("mixed unit*, wrong unit*, unit*, cents"),
    Fault.NUMBERS: terms("comma*, separator*"),
    Fault.DATES: terms("date format*, day first, month first"),
    Fault.DUPLICATES: terms("duplicat*, twice, repeated"),
    Fault.LEAK: terms("leak*, post outcome, after the fact"),
    Fault.LABELS: terms("mislabel*, label noise, wrong label*"),
    Fault.OUTLIERS: terms("outlier*, implausib*, impossib*"),
}
DENIES = terms(
    "no, not, none, never, nothing, without, clean, complete, fine, checked, isn, aren, neither, nor"
)
