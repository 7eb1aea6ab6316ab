# syntax=docker/dockerfile:1
# The image for web, worker and beat: the runtime packages of uv.lock, without tests and embedded services.
FROM python:3.13-slim AS paket
RUN pip install --no-cache-dir uv==0.13.9
WORKDIR /app
COPY pyproject.toml uv.lock ./
RUN UV_PROJECT_ENVIRONMENT=/venv UV_PYTHON_DOWNLOADS=never UV_LINK_MODE=copy \
    uv sync --locked --no-default-groups --no-install-project --compile-bytecode

FROM python:3.13-slim
# Pango draws the text in PDF files.
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /tmp --shell /usr/sbin/nologin samordning \
    && install -d -o samordning -g samordning /data /data/filer
COPY --from=paket /venv /venv
WORKDIR /app
COPY . .
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 XDG_CACHE_HOME=/tmp SAMORDNING_DATA=/data
USER samordning
# The static files belong to the image, so a volume is mounted on /data/filer and not on /data. Collecting them needs
# settings that are never used: the real ones come from the environment when a container starts.
RUN DATABASE_URL=postgresql:///ingen SAMORDNING_HEMLIGHET=bygge SAMORDNING_UPPSLAGSNYCKEL=AA== SAMORDNING_NYCKLAR=1:AA== \
    python manage.py collectstatic --noinput
# The log of requests has neither the client's address nor what was asked for after "?": it could name a person. Nor
# has it a code that opens something (serverlogg.py).
EXPOSE 8000
ENV HALSA=http://127.0.0.1:8000/halsa/
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(u.Request(os.environ['HALSA'], headers={'Host': os.environ['SAMORDNING_VARDAR'].split(',')[0].lstrip('.')}), timeout=4)"]
CMD ["gunicorn", "samordning.wsgi", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--workers", "2", "--threads", "4", "--worker-tmp-dir", "/dev/shm", "--logger-class", "samordning.serverlogg.Serverlogg", "--access-logfile", "-", "--access-logformat", "%(t)s %(m)s %(U)s %(s)s %(b)s %(M)s ms"]
