#!/usr/bin/env bash
# English to German: BLEU on test_2016_flickr of Multi30k. The folder has train.en, train.de, val.en, val.de, test_2016_flickr.en and .de,
# tokenised and in lower case; any further words are for sed, to change the request.
data=$(cd "${1:-.}" && pwd)
shift || true
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

parallel multi30k-train "$data/train.en" "$data/train.de"
parallel multi30k-val "$data/val.en" "$data/val.de"
parallel multi30k-test "$data/test_2016_flickr.en" "$data/test_2016_flickr.de"
train multi30k.json "$@"
ask models/multi30k/translate '{"texts": ["a man in an orange hat starring at something ."], "beamWidth": 5, "alternatives": 2}'
