#!/usr/bin/env bash
# Daily minimum temperatures: one-step forecasts of the last year, and how many of its days their 80 % intervals hold, for three seeds.
# The folder has daily-min-temperatures.csv; any further words are for sed, to change the request.
data=$(cd "${1:-.}" && pwd)
shift || true
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

dataset daily-min-temperatures "$data/daily-min-temperatures.csv"
for seed in 1 2 3; do
	train temperatures.json -e "s/\"seed\": 1/\"seed\": $seed/" "$@"
done
ask models/temperatures/predict '{"context": [["1990-12-27", 14.0], ["1990-12-28", 13.6], ["1990-12-29", 13.5], ["1990-12-30", 15.7], ["1990-12-31", 13.0]], "horizon": 7}'
