#!/usr/bin/env bash
# Peers of the suite, apart from the project: a virtual environment and node modules in bench/.peers.
# What cannot be installed is left out; the suite prints what it skips.
cd "$(dirname "$0")"
home=../.peers
mkdir -p "$home"
if [ ! -f "$home/.python" ] || [ peers.txt -nt "$home/.python" ]; then
  python=${PYTHON:-../../.venv/bin/python}
  "$python" -m venv "$home/venv" &&
    "$home/venv/bin/python" -m pip install --quiet --disable-pip-version-check -r peers.txt &&
    touch "$home/.python" || echo "bench: the Python peers could not be installed" >&2
fi
if [ ! -f "$home/.node" ] || [ package.json -nt "$home/.node" ]; then
  cp package.json "$home/"
  command -v npm >/dev/null 2>&1 &&
    npm install --silent --no-audit --no-fund --prefix "$home" >/dev/null &&
    touch "$home/.node" || echo "bench: the Node peers could not be installed" >&2
fi
exit 0
