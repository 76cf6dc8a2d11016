#!/bin/sh
# For large articles: hand the work in, ask until it is done, print the report: job.sh bai.json
set -eu
: "${1:?cần tên tệp bài viết}"
url=${QC_URL:-http://127.0.0.1:8765}
ask() {
  curl --silent --show-error --fail-with-body --max-time 60 \
    ${QC_TOKEN:+--header "Authorization: Bearer $QC_TOKEN"} "$@"
}
value() { # value NAME: a text of flat JSON
  sed -n "s/.*\"$1\": *\"\([^\"]*\)\".*/\1/p"
}
place=$({ printf '{"policy": "%s", "article": ' "${QC_POLICY:-co-so}"; cat "$1"; printf '}'; } |
  ask --output /dev/null --dump-header - --header 'Content-Type: application/json' \
    --data-binary @- "$url/v1/jobs" | tr -d '\r' | sed -n 's/^[Ll]ocation: *//p')
case $place in /v1/jobs/*) ;; *) exit 1 ;; esac # refused: curl has said why
while job=$(ask "$url$place"); do
  case $(printf %s "$job" | value state) in
    queued | running) sleep 1 ;;
    done) ask "$url$(printf %s "$job" | value report)"; exit ;;
    *) printf '%s\n' "$job" >&2; exit 1 ;;
  esac
done
exit 1
