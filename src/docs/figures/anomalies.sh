#!/usr/bin/env bash
# Trains an autoencoder on cycles of a press, and prints how well it tells the odd ones (auroc). The dataset
# comes with the service.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
train ../../test/resources/io/unfold/learning/anomalies.json
