#!/usr/bin/env bash
# A language model of characters: nats per character of the last tenth of Tiny Shakespeare, and a sample of what it writes.
# The folder has tinyshakespeare.txt; any further words are for sed, to change the request.
data=$(cd "${1:-.}" && pwd)
shift || true
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

dataset tinyshakespeare "$data/tinyshakespeare.txt"
train tinyshakespeare.json "$@"
ask models/shakespeare/generate '{"prompt": "ROMEO:\n", "maxTokens": 600, "temperature": 0.8, "seed": 1}'
