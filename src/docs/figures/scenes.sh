# Tells what drawn scenes show whose two things were never seen together in training: `bash src/docs/figures/scenes.sh`
# against a running service, for the seeds 1 to 5. The dataset comes with the service.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

for seed in 1 2 3 4 5; do
	train scenes.json -e "s/\"seed\": 1/\"seed\": $seed/"
done
