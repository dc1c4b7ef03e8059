# 明账: one image for the chat, the service and ingestion; compose.yaml says which runs where.
FROM python:3.11-slim-bookworm

# OpenCV is linked against the first two; the last one reads .doc and RTF.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends libgl1 libglib2.0-0 libreoffice-writer-nogui \
 && rm -rf /var/lib/apt/lists/*

WORKDIR /opt/mingzhang
# Dependencies first: they change seldom, and are then taken from the layer that is there. The client of PostgreSQL is optional elsewhere,
# and pinned with what tests it.
COPY requirements.txt requirements-dev.txt ./
RUN pip install --no-cache-dir --requirement requirements.txt --constraint requirements-dev.txt "psycopg[binary]"
COPY . .

# Nothing of the program is writable for the one that runs it; the store is a volume.
RUN useradd --uid 10001 --create-home mingzhang && install --directory --owner mingzhang /data/store
# The chat decides itself which proxies to believe (MINGZHANG_TRUSTED_PROXIES), so its server believes none.
USER mingzhang
ENV FORWARDED_ALLOW_IPS="" PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 MINGZHANG_STORE=/data/store MINGZHANG_LOG_FORMAT=json
VOLUME /data/store

CMD ["python", "-m", "service", "--address", "0.0.0.0"]
