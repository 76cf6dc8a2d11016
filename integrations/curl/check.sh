#!/bin/sh
# One article as JSON, one verdict: check.sh bai.json   (QC_URL, QC_TOKEN, QC_POLICY)
# The exit code is 0 only where there is a report; read .reports[0].verdict in it.
set -eu
: "${1:?cần tên tệp bài viết}"
{ printf '{"policy": "%s", "article": ' "${QC_POLICY:-co-so}"; cat "$1"; printf '}'; } |
  curl --silent --show-error --fail-with-body --max-time 60 \
    ${QC_TOKEN:+--header "Authorization: Bearer $QC_TOKEN"} \
    --header 'Content-Type: application/json' --data-binary @- \
    "${QC_URL:-http://127.0.0.1:8765}/v1/check"
