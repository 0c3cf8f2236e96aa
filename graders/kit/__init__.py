"""The conformance suite for anybody's grader: part of the wheel, so that authors hold theirs to it too.

    from graders.kit import check_blame, check_grader, good_case, told

    def test_my_grader_keeps_the_contract(tmp_path):
        case = good_case(tmp_path, told(GRADER))
        check_grader(GRADER, case, tmp_path / "spoilt")  # spoils the answer, step by step
        check_blame(GRADER, case, tmp_path)  # spoils our answer key; nobody may blame the candidate

``good_case`` is made up, and right in all that our own graders look at; `case_of` reads a real run instead.
"""

from graders.kit.case import Case, good_case, told
from graders.kit.check import broken_promise, case_of, check_blame, check_grader, outcome

__all__ = ["Case", "broken_promise", "case_of", "check_blame", "check_grader", "good_case", "outcome", "told"]
