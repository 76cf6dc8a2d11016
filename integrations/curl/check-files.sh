#!/bin/sh
# A draft in any format with its pictures and clips: check-files.sh bai.docx anh/1.jpg …
# Run it in the folder of the draft: paths are sent as they are written.
set -eu
: "${1:?cần tên tệp bài viết}"
for file; do
  set -- "$@" --form "files=@\"$file\";filename=\"$file\""
  shift
done
exec curl --silent --show-error --fail-with-body --max-time 120 \
  ${QC_TOKEN:+--header "Authorization: Bearer $QC_TOKEN"} \
  --form "policy=${QC_POLICY:-co-so}" "$@" \
  "${QC_URL:-http://127.0.0.1:8765}/v1/check"
