package io.unfold.nn.network;

/**
 * What a network answers, and with it the loss it is trained on.
 *
 * @param kind classes: softmax, trained on cross-entropy; values: linear, trained on half
 * the squared error
 * @param size number of classes or values
 * @param everyStep an answer at every step, rather than one after the last
 */
public record Output(Kind kind, int size, boolean everyStep) {

	public enum Kind {

		CLASSES, VALUES

	}

}
