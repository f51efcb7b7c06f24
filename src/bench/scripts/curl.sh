#!/bin/sh
# The job with xargs and a curl for every row. Arguments as every contender's: manifest, folder for
# outputs, base URL, requests in flight; it has nothing to get warm. Called with "row" it works one.
# The last column must be image_url. There is no JSON parser here: the code is found as text.

row() {
  answer=$(curl -s -m 30 -H 'Content-Type: application/json' -H "x-api-key: $CRUN_API_KEY" \
    -d "{\"image_url\":\"${1##*,}\"}" "$address")
  code=${answer#*'"code":'}
  code=${code%%,*}
  case $code in
    200)
      task=${answer#*'"detect_task_id":"'}
      printf '%s,%s\n' "$1" "${task%%\"*}" >>"$outputs/success.csv"
      ;;
    *)
      printf '%s,%s,\n' "$1" "$code" >>"$outputs/dead-letter.csv"
      ;;
  esac
}

if [ "$1" = row ]; then
  row "$2"
  exit
fi

export outputs="$2"
export address="$3/api/v1/client/job/detect-face-image"
export CRUN_API_KEY="${CRUN_API_KEY:-bench}"
mkdir -p "$outputs"
header=$(head -n 1 "$1")
echo "$header,detect_task_id" >"$outputs/success.csv"
echo "$header,code,message" >"$outputs/dead-letter.csv"
tail -n +2 "$1" | xargs -d '\n' -P "$4" -n 1 "$0" row
