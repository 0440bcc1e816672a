# What the figures' scripts have in common; each is run as `bash src/docs/figures/NAME.sh [folder of its data]` against a
# running service, whose address is in UNFOLD (by default http://localhost:8080). bash and curl are all that is needed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
api=${UNFOLD:-http://localhost:8080}/api/v1

# call WORDS OF CURL...: prints the body, and ends the script where the answer is no success
call() {
	local answer status
	answer=$(curl -sS -w '\n%{http_code}' "$@")
	status=${answer##*$'\n'}
	if [ "$status" -ge 400 ]; then
		echo "${answer%$'\n'*}" >&2
		exit 1
	fi
	echo "${answer%$'\n'*}"
}

# dataset NAME FILE: sends a file; sent again it is the same dataset
dataset() {
	call "$api/datasets" -F "name=$1" -F "file=@$2" >/dev/null
}

# train REQUEST.json [WORDS FOR SED...]: posts the request, changed by sed where that is asked for, waits for the job's end while it prints
# how it goes, and prints how good the model is
train() {
	local request=$1 job id
	shift
	job=$(sed -e '' "$@" "$request" | call "$api/training-jobs" -H 'Content-Type: application/json' -d @-)
	id=$(grep -o '"id":"[^"]*"' <<<"$job" | head -n 1 | cut -d '"' -f 4)
	curl -sSN "$api/training-jobs/$id/events" | sed -nu '/^event: \(metric\|state\)/ { n; s/^data: //p; }'
	echo "job $id, $request"
	call "$api/training-jobs/$id" | grep -o '"evaluation":{.*"skill":[-0-9.eE]*\|"error":{[^}]*}'
}

# ask PATH BODY: posts a JSON body and prints the answer
ask() {
	call "$api/$1" -H 'Content-Type: application/json' -d "$2"
}

# parallel NAME SOURCE TARGET: sends two files of parallel text
parallel() {
	call "$api/datasets" -F "name=$1" -F "source=@$2" -F "target=@$3" >/dev/null
}
