package io.unfold.task.autoencoding;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.unfold.nn.network.AutoencoderArchitecture;
import io.unfold.nn.network.AutoencoderNetwork;
import io.unfold.nn.network.EncoderDecoderSpec;
import io.unfold.task.sequence.SequenceEncoder;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is fitted: the encoder to the training part, and the threshold to the errors of
 * the validation part.
 *
 * @param threshold above which an error is an anomaly; null until the network is trained
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Fitted(SequenceEncoder encoder, @Nullable Double threshold) {

	static Fitted read(JsonNode fitted) {
		return JsonMapper.shared().treeToValue(fitted, Fitted.class);
	}

	AutoencoderArchitecture architecture(EncoderDecoderSpec spec) {
		return new AutoencoderArchitecture(this.encoder.input(), spec);
	}

	Autoencoder autoencoder(AutoencoderNetwork network) {
		if (this.threshold == null) {
			throw new IllegalArgumentException("an autoencoder that was trained has a threshold");
		}
		return new Autoencoder(new ReconstructionModel(this.encoder, network), this.threshold);
	}

}
