#!/usr/bin/env bash
# Set-up on a bare machine: Debian packages (as root), then the virtual environment in .venv.
set -euo pipefail
cd "$(dirname "$0")/.."

packages=()
command -v ffprobe >/dev/null 2>&1 && command -v ffmpeg >/dev/null 2>&1 || packages+=(ffmpeg)
have_library() { ldconfig -p 2>/dev/null | grep -q "$1"; }
have_library 'libGL\.so\.1' || packages+=(libgl1)
have_library 'libglib-2\.0\.so\.0' || packages+=(libglib2.0-0)
python3 -c 'import venv, ensurepip' >/dev/null 2>&1 || packages+=(python3-venv)
if [ "${QC_TEST_PACKAGES:-0}" != 0 ]; then
  command -v exiftool >/dev/null 2>&1 || packages+=(libimage-exiftool-perl)
  tesseract --list-langs 2>/dev/null | grep -qx vie || packages+=(tesseract-ocr tesseract-ocr-vie)
  command -v chromium-headless-shell >/dev/null 2>&1 || packages+=(chromium-headless-shell)
  compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || packages+=(postgresql)
fi
if [ "${QC_TEST_PACKAGES:-0}" = cms ]; then  # what `make test-cms` starts
  have_package() { [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }
  for name in wordpress wordpress-l10n wordpress-theme-twentytwentythree mariadb-server \
    php-cli php-mysql php-xml php-curl php-gd php-mbstring curl \
    libreoffice-writer-nogui libreoffice-script-provider-python python3-uno; do
    have_package "$name" || packages+=("$name")
  done
fi

if [ "${#packages[@]}" -gt 0 ]; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
  else
    echo "qc: please install these packages first: ${packages[*]}" >&2
    echo "    (as root: apt-get install --no-install-recommends ${packages[*]})" >&2
    echo "    Without them the checks that need them report 'unavailable'." >&2
  fi
fi

python=${PYTHON:-python3}
"$python" - <<'PY' || { echo "qc: Python 3.11 or newer is needed (set PYTHON=/path/to/python)" >&2; exit 1; }
import sys
raise SystemExit(sys.version_info < (3, 11))
PY

stamp=.venv/.qc-setup
if [ ! -f "$stamp" ] || [ pyproject.toml -nt "$stamp" ] || [ constraints.txt -nt "$stamp" ]; then
  [ -x .venv/bin/python ] || "$python" -m venv .venv
  .venv/bin/python -m pip install --quiet --disable-pip-version-check \
    -c constraints.txt -e '.[dev,security,heif,c2pa,office,fast,service,postgres,batch,dask,mariadb,wagtail]'
  touch "$stamp" .venv/.qc-kernel
fi
if [ -n "$(find qc/text/spelling/kernel scripts/build_kernel.py -newer .venv/.qc-kernel 2>&1)" ]; then
  .venv/bin/python -m scripts.build_kernel || true  # says why; everything works without it
  touch .venv/.qc-kernel
fi

clients=tests/requirements-clients.txt
if [ "${QC_TEST_PACKAGES:-0}" != 0 ] && [ "$clients" -nt .venv/.qc-clients ]; then
  .venv/bin/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -r "$clients"
  touch .venv/.qc-clients
fi
