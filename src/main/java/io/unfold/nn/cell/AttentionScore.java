package io.unfold.nn.cell;

/**
 * How well a step of the source suits a step of a decoder: a score made of a key k, which
 * the encoder's output s gives, and a query q, which the decoder's output h gives. (Luong
 * et al. 2015, arXiv:1508.04025, section 3.1; the last one Bahdanau et al. 2015,
 * arXiv:1409.0473, but of the decoder's output after the step rather than before it.)
 */
public enum AttentionScore {

	/** h s: both must be of one size. */
	DOT(false, false),

	/** h K s, where K s is the key. */
	GENERAL(true, false),

	/** v tanh(Q h + K s). */
	ADDITIVE(true, true);

	private final boolean projectsSource;

	private final boolean projectsTarget;

	AttentionScore(boolean projectsSource, boolean projectsTarget) {
		this.projectsSource = projectsSource;
		this.projectsTarget = projectsTarget;
	}

	/** Whether the key is a product with a matrix K, rather than s itself. */
	public boolean projectsSource() {
		return this.projectsSource;
	}

	/**
	 * Whether the query is a product with a matrix Q, rather than h itself, and the score
	 * the additive one.
	 */
	public boolean projectsTarget() {
		return this.projectsTarget;
	}

}
