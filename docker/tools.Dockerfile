# Base -> our static analysers and a reader of git objects in /opt/tools, and the scripts that drive them. Never runs a candidate's code.
ARG BASE=takehome-base:bookworm

FROM ${BASE} AS build
LABEL takehome.stage=build
COPY wheels /wheels
COPY tools.lock install.sh /build/
RUN sh /build/install.sh /opt/tools /build/tools.lock

FROM ${BASE}
COPY --from=build /opt /opt
ENV PATH=/opt/tools/bin:/usr/local/bin:/usr/bin:/bin \
    LANG=C.UTF-8 HOME=/tmp/home USER=tools LOGNAME=tools \
    PYTHONHASHSEED=0 PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
COPY static.py documents.py prose.py howto.py command_words.py shell_words.py syntax.py traces.py assertions.py smell_tests.py layout.py imported.py leaked.py repeated.py said.py smells.py view.py smell_columns.py smell_draws.py smell_flows.py smell_frames.py smell_leaks.py smell_names.py smell_running.py smell_scores.py twins.py sabotage.py operators.py table_operators.py kinds.py mutants.py broken.py history.py gitobjects.py workspace.py probe.py exchange.py answers.py payloads.py drawn.py stated.py marked.py restarted.py receiver.py webhook.py load.py /opt/takehome/
WORKDIR /tmp
CMD ["python3"]
