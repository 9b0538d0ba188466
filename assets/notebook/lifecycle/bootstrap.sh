#!/bin/bash
# Fetches the bundle of steps and runs those of this hook, if every byte is as defined.
bucket='@@BUCKET@@' key='@@KEY@@' region='@@REGION@@' account='@@ACCOUNT@@'
digest='@@DIGEST@@' hook='@@HOOK@@' on_error='@@ON_ERROR@@'
root=${ML_INFRA_ROOT:-/opt/ml-infra}
bundle=$root/$digest
umask 022
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin

give_up() {
  printf '{"mlInfra":{"step":"bootstrap","hook":"%s","error":"%s"}}\n' "$hook" "$1"
  [[ $on_error == continue ]]
  exit
}

# The digest stands for every name and every content of a folder.
verified() {
  [[ $(cd "$1" && find . -type f -printf '%P\0' | LC_ALL=C sort -z | xargs -0 sha256sum -- | sha256sum) == "$digest  -" ]]
}

fetch() {
  for _ in 1 2 3; do
    timeout -k 1 14 aws s3api get-object --region "$region" --bucket "$bucket" --key "$key" \
      --expected-bucket-owner "$account" "$1" >/dev/null && return
    sleep 1
  done
  false
}

if [[ ! -d $bundle ]] || ! verified "$bundle"; then
  new=$(mkdir -p "$root" && mktemp -d "$root/.XXXXXX") || give_up 'no room'
  trap 'rm -rf "$new"' EXIT
  fetch "$new/zip" || give_up 'not fetched'
  python3 -I -m zipfile -e "$new/zip" "$new/bundle" && chmod -R 755 "$new/bundle" # drops '..' and a leading '/'
  verified "$new/bundle" || give_up 'not as defined'
  rm -rf "$bundle"
  mv -T "$new/bundle" "$bundle" || give_up 'not placed'
fi

# A hook has 300 seconds in all.
AWS_DEFAULT_REGION=$region timeout -k 1 $((290 - SECONDS)) \
  python3 -I "$bundle/run.py" "$hook" --budget $((280 - SECONDS))
rc=$?
((rc < 2)) || give_up "ended with $rc"
exit $rc
