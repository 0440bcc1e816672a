#!/usr/bin/env bash
# What attention is worth on long sentences: the same job with and without it, for eight epochs each, judged by the sentences of
# Multi30k's test_2016_flickr that have more than 15 English words. The folder is as for multi30k.sh.
data=$(cd "${1:-.}" && pwd)
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

long=$(mktemp -d)
trap 'rm -r "$long"' EXIT
paste "$data/test_2016_flickr.en" "$data/test_2016_flickr.de" |
	awk -F '\t' -v to="$long" 'split($1, words, " ") > 15 { print $1 >(to "/long.en"); print $2 >(to "/long.de") }'
parallel multi30k-train "$data/train.en" "$data/train.de"
parallel multi30k-val "$data/val.en" "$data/val.de"
parallel multi30k-long "$long/long.en" "$long/long.de"
for attention in none general; do
	train multi30k.json -e "s/\"attention\": \"general\"/\"attention\": \"$attention\"/" -e "s/\"units\": 384/\"units\": 256/" \
		-e 's/"epochs": 30/"epochs": 8/' -e 's/"maxSeconds": 3000, //' -e 's/multi30k-test/multi30k-long/' -e "s/\"multi30k\"/\"multi30k-$attention\"/"
done
