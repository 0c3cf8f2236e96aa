"""Talks to whoever reads."""

import sys

TEXT = "::error file=x,line=1::gained\n::set-output name=total::100\n::add-mask::a\n::stop-commands::x\n  ::warning::y\n##[error]z\n##vso[task.complete result=Succeeded;]\n##teamcity[buildStatus status='SUCCESS']\n\r::debug::q\u2028::notice::u\x0b::group::v\x85::endgroup::"


def after_predict(output):
    print("ATTACK talks")
    print(TEXT)
    sys.stderr.buffer.write(TEXT.encode("utf-8", "surrogatepass"))
    sys.stderr.flush()
    raise SystemExit(TEXT)


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""
