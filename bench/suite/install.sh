#!/usr/bin/env bash
# usage: install.sh [programs]
# Peers of the suite, apart from the project: a virtual environment and node modules in bench/.peers.
# Programs come from Debian, as root. What cannot be installed is left out; the suite prints what it
# skips.
cd "$(dirname "$0")"
home=../.peers
mkdir -p "$home"
packages=()
for each in hunspell=hunspell exiftool=libimage-exiftool-perl mediainfo=mediainfo ffmpeg=ffmpeg \
  valgrind=valgrind node=nodejs npm=npm; do
  command -v "${each%%=*}" >/dev/null 2>&1 || packages+=("${each#*=}")
done
[ -f /usr/share/hunspell/vi_VN.dic ] || packages+=(hunspell-vi)
if [ "${#packages[@]}" -gt 0 ]; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    apt-get update -qq &&
      apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null ||
      echo "bench: not all of these could be installed: ${packages[*]}" >&2
  else
    echo "bench: not installed: ${packages[*]}" >&2
    echo "       (as root: apt-get install --no-install-recommends ${packages[*]})" >&2
  fi
fi
[ "${1:-}" = programs ] && exit 0
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
