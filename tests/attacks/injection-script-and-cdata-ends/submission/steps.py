"""Talks to whoever reads."""

import sys

TEXT = '</script><!--<script>-->]]>]]&gt;<![CDATA[ "}]}; \\u003cscript\\u003e <?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]>&b; <?php echo 1 ?> */ alert(1) /* \'-alert(1)-\' ${alert(1)} `'


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
