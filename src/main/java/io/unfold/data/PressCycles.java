package io.unfold.data;

import java.util.Locale;

/**
 * Cycles of a press as two sensors see them, its force and the current of its motor: the
 * force rises, is held and falls, the motor works hardest as it rises and runs free as it
 * falls. Cycles differ in length, load, in when they rise and fall and how fast, and in
 * noise. Anomalies stay within what the sensors also read in other cycles, and are odd by
 * where they read it.
 */
enum PressCycles {

	NORMAL {
		@Override
		void change(double[][] steps, Cycle cycle, Noise noise) {
		}
	},

	/** A sensor jumps for two or three steps. */
	SPIKE {
		@Override
		void change(double[][] steps, Cycle cycle, Noise noise) {
			int sensor = noise.below(2);
			int from = noise.below(steps.length - 3);
			double jump = noise.between(0.4, 0.7) * (noise.happens(0.5) ? 1 : -1);
			for (int t = from; t < from + 2 + noise.below(2); t++) {
				steps[t][sensor] += jump;
			}
		}
	},

	/** The force is lost for a moment while it should be held. */
	DROPOUT {
		@Override
		void change(double[][] steps, Cycle cycle, Noise noise) {
			int length = 3 + noise.below(4);
			int from = cycle.step(0.4, steps.length) + noise.below(cycle.step(0.2, steps.length));
			for (int t = from; t < from + length; t++) {
				steps[t][0] = noise.normal(NOISE);
			}
		}
	},

	/** A sensor reads the same from before the force falls. */
	FLAT {
		@Override
		void change(double[][] steps, Cycle cycle, Noise noise) {
			int sensor = noise.below(2);
			int from = cycle.step(cycle.fall, steps.length) - 3 - noise.below(4);
			for (int t = from + 1; t < Math.min(steps.length, from + 9 + noise.below(5)); t++) {
				steps[t][sensor] = steps[from][sensor];
			}
		}
	},

	/** The current comes later than the force. */
	LAG {
		@Override
		void change(double[][] steps, Cycle cycle, Noise noise) {
			int late = 3 + noise.below(4);
			for (int t = steps.length - 1; t >= 0; t--) {
				steps[t][1] = (t >= late) ? steps[t - late][1] : noise.normal(NOISE);
			}
		}
	},

	/** The force swings while it is held, at a frequency that no cycle has. */
	CHATTER {
		@Override
		void change(double[][] steps, Cycle cycle, Noise noise) {
			double period = noise.between(4, 7);
			double strength = noise.between(0.15, 0.3);
			for (int t = cycle.step(0.35, steps.length); t < cycle.step(0.65, steps.length); t++) {
				steps[t][0] += strength * StrictMath.sin(2 * StrictMath.PI * t / period);
			}
		}
	};

	private static final int MIN_LENGTH = 40;

	private static final int MAX_LENGTH = 70;

	private static final double NOISE = 0.05;

	/** Makes a cycle odd; [steps][force, current]. */
	abstract void change(double[][] steps, Cycle cycle, Noise noise);

	/**
	 * Cycles as JSONL, in no order.
	 * @param normal number of those that are
	 * @param odd number of each kind of those that are not
	 */
	static String jsonl(long seed, int normal, int odd) {
		Noise noise = new Noise(seed);
		PressCycles[] kinds = new PressCycles[normal + odd * (values().length - 1)];
		for (int i = 0; i < kinds.length; i++) {
			kinds[i] = (i < normal) ? NORMAL : values()[1 + (i - normal) / odd];
		}
		for (int i = kinds.length - 1; i > 0; i--) {
			int j = noise.below(i + 1);
			PressCycles kind = kinds[i];
			kinds[i] = kinds[j];
			kinds[j] = kind;
		}
		StringBuilder lines = new StringBuilder();
		for (PressCycles kind : kinds) {
			lines.append("{\"sequence\":[");
			double[][] steps = kind.steps(noise);
			for (int t = 0; t < steps.length; t++) {
				lines.append((t > 0) ? ",[" : "[");
				Decimals.append(lines, steps[t][0]);
				lines.append(',');
				Decimals.append(lines, steps[t][1]);
				lines.append(']');
			}
			lines.append("],\"anomaly\":").append(kind != NORMAL);
			lines.append(",\"kind\":\"").append(kind.name().toLowerCase(Locale.ROOT)).append("\"}\n");
		}
		return lines.toString();
	}

	/** [steps][force, current]. */
	private double[][] steps(Noise noise) {
		int length = MIN_LENGTH + noise.below(MAX_LENGTH - MIN_LENGTH + 1);
		Cycle cycle = new Cycle(noise.between(0.8, 1.2), noise.between(0.15, 0.25), noise.between(0.7, 0.8),
				noise.between(0.02, 0.04));
		double[][] steps = new double[length][];
		for (int t = 0; t < length; t++) {
			double time = t / (double) length;
			steps[t] = new double[] { cycle.force(time) + noise.normal(NOISE),
					cycle.current(time) + noise.normal(NOISE) };
		}
		change(steps, cycle, noise);
		return steps;
	}

	/**
	 * @param rise when the force rises, 0 to 1
	 * @param fall when it falls
	 * @param width how long it takes
	 */
	private record Cycle(double load, double rise, double fall, double width) {

		double force(double t) {
			return this.load * (above(t - this.rise) - above(t - this.fall));
		}

		double current(double t) {
			return 0.45 * force(t) + 0.5 * bump(t - this.rise) - 0.3 * bump(t - this.fall);
		}

		private double above(double t) {
			return 1 / (1 + StrictMath.exp(-t / this.width));
		}

		private double bump(double t) {
			return StrictMath.exp(-0.5 * StrictMath.pow(t / this.width / 1.5, 2));
		}

		/** The step at a time from 0 to 1. */
		int step(double time, int length) {
			return (int) (time * length);
		}

	}

}
