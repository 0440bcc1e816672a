package io.unfold.nn.layer;

/**
 * How good the answers to some targets are.
 *
 * @param loss summed over the targets
 * @param right targets whose likeliest class is the right one; 0 where answers are values
 */
public record Judgement(double loss, int right) {

	/** Of answers that nobody judges. */
	public static final Judgement NONE = new Judgement(0, 0);

	/** Of these targets and others. */
	public Judgement and(Judgement others) {
		return new Judgement(this.loss + others.loss, this.right + others.right);
	}

}
