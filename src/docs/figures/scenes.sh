# Tells what drawn scenes show whose two things were never seen together in training: `bash src/docs/figures/scenes.sh [words for sed]`
# against a running service. The dataset comes with the service; `-e 's/"seed": 1/"seed": 2/'` changes the seed.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

train scenes.json "$@"
