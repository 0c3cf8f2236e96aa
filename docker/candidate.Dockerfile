# Base -> what a candidate's code runs in: /opt/venv (theirs), /opt/runner (the notebook runner), /opt/takehome (our scripts).
# Built without a network from wheels in the context; plain COPY only, so that BuildKit and the classic builder both do.
ARG BASE=takehome-base:bookworm

FROM ${BASE} AS build
LABEL takehome.stage=build
COPY wheels /wheels
COPY candidate.lock runner.lock install.sh /build/
RUN sh /build/install.sh /opt/venv /build/candidate.lock && sh /build/install.sh /opt/runner /build/runner.lock
# The font list is the same for everybody and takes a second to make; a read-only container would make it each time.
RUN MPLCONFIGDIR=/opt/takehome-fonts /opt/venv/bin/python -c "import matplotlib.font_manager"

FROM ${BASE}
COPY --from=build /opt /opt
# One thread a library: the cpu limit is invisible to them, and two submissions at once would thrash.
# USER and LOGNAME: the uid of a run is in no passwd file, and getpass.getuser() asks these first.
ENV PATH=/opt/venv/bin:/usr/local/bin:/usr/bin:/bin \
    LANG=C.UTF-8 HOME=/tmp/home USER=candidate LOGNAME=candidate \
    MPLCONFIGDIR=/tmp/mpl \
    OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 MKL_NUM_THREADS=1 NUMEXPR_NUM_THREADS=1 POLARS_MAX_THREADS=1 \
    PYTHONHASHSEED=0 PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 \
    PIP_NO_INDEX=1 PIP_DISABLE_PIP_VERSION_CHECK=1 \
    TAKEHOME_DATA=/data TAKEHOME_INPUT=/input TAKEHOME_OUTPUT=/output
COPY workspace.py stage.py notebook.py tests.py trials.py suites.py syntax.py traces.py readme.py followed.py athand.py shell_words.py /opt/takehome/
# No /work here: a tmpfs over an existing folder would take that folder's mode instead of the one asked for.
CMD ["python3"]
