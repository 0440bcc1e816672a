package io.unfold.data;

import java.util.Locale;
import java.util.stream.Stream;

/**
 * Pictures of two things, one left of the other or above it, and what they show, as in "a
 * red circle left of a blue square". The thing on the left, or above, is named first, so
 * that every picture has one text. Place, size, brightness and noise differ from picture
 * to picture. The two things, in the order of the alphabet, are the scene's combination:
 * what is held out by it was never seen together, in any arrangement.
 */
final class DrawnScenes {

	/** Rows, and columns, of a picture. */
	static final int SIZE = 12;

	/** Points at which a pixel is looked at, in each direction. */
	private static final int SAMPLES = 4;

	private static final double MIN_RADIUS = 2.4;

	private static final double MAX_RADIUS = 2.8;

	/** Bound of a pixel's noise. */
	private static final double NOISE = 0.05;

	private DrawnScenes() {
	}

	/** What a thing can look like; x to the right, y down, its radius is 1. */
	private enum Shape {

		CIRCLE {
			@Override
			boolean covers(double x, double y) {
				return x * x + y * y <= 1;
			}
		},

		SQUARE {
			@Override
			boolean covers(double x, double y) {
				return Math.max(Math.abs(x), Math.abs(y)) <= 1;
			}
		},

		TRIANGLE {
			@Override
			boolean covers(double x, double y) {
				return y <= 0.9 && Math.abs(x) <= (y + 1) * 0.55;
			}
		},

		CROSS {
			@Override
			boolean covers(double x, double y) {
				return Math.max(Math.abs(x), Math.abs(y)) <= 1 && Math.min(Math.abs(x), Math.abs(y)) <= 0.35;
			}
		};

		abstract boolean covers(double x, double y);

	}

	private enum Colour {

		RED(1, 0, 0), GREEN(0, 1, 0), BLUE(0, 0, 1), YELLOW(1, 1, 0);

		private final double[] light;

		Colour(double... light) {
			this.light = light;
		}

	}

	private record Thing(Colour colour, Shape shape) {

		static Thing any(Noise noise) {
			return new Thing(noise.oneOf(Colour.values()), noise.oneOf(Shape.values()));
		}

		@Override
		public String toString() {
			return (this.colour + " " + this.shape).toLowerCase(Locale.ROOT);
		}

	}

	/** A thing in its place, in pixels. */
	private record Figure(Thing thing, double x, double y, double radius, double brightness) {

		/** Share of a pixel that it covers. */
		double coverage(int column, int row) {
			if (Math.abs(column + 0.5 - this.x) > this.radius + 1 || Math.abs(row + 0.5 - this.y) > this.radius + 1) {
				return 0;
			}
			int covered = 0;
			for (int i = 0; i < SAMPLES * SAMPLES; i++) {
				int line = i / SAMPLES;
				double px = column + (i % SAMPLES + 0.5) / SAMPLES;
				double py = row + (line + 0.5) / SAMPLES;
				covered += this.thing.shape.covers((px - this.x) / this.radius, (py - this.y) / this.radius) ? 1 : 0;
			}
			return (double) covered / (SAMPLES * SAMPLES);
		}

		double light(int channel) {
			return this.brightness * this.thing.colour.light[channel];
		}

	}

	/**
	 * @param features [row][column][red, green, blue], from 0 to 1
	 */
	record Scene(double[] features, String text, String combination) {
	}

	static Stream<Scene> scenes(long seed, int count) {
		Noise noise = new Noise(seed);
		return Stream.generate(() -> draw(noise)).limit(count);
	}

	/** Scenes as JSONL. */
	static String jsonl(long seed, int count) {
		StringBuilder lines = new StringBuilder();
		scenes(seed, count).forEach((scene) -> {
			lines.append("{\"text\":\"").append(scene.text());
			lines.append("\",\"combination\":\"").append(scene.combination()).append("\",\"features\":[");
			for (int i = 0; i < scene.features().length; i++) {
				lines.append((i > 0) ? "," : "");
				append(lines, (int) Math.round(100 * scene.features()[i]));
			}
			lines.append("]}\n");
		});
		return lines.toString();
	}

	/** A number from 0 to 1 of two decimals at most. */
	private static void append(StringBuilder line, int hundredths) {
		line.append(hundredths / 100);
		if (hundredths % 100 > 0) {
			line.append('.').append(hundredths / 10 % 10);
			if (hundredths % 10 > 0) {
				line.append(hundredths % 10);
			}
		}
	}

	private static Scene draw(Noise noise) {
		Thing first = Thing.any(noise);
		Thing second = Thing.any(noise);
		while (second.equals(first)) {
			second = Thing.any(noise);
		}
		boolean beside = noise.happens(0.5);
		double middle = noise.between(SIZE / 2 - 0.5, SIZE / 2 + 0.5);
		Figure a = place(first, 0, middle, beside, noise);
		Figure b = place(second, SIZE / 2, middle, beside, noise);
		String one = first.toString();
		String other = second.toString();
		return new Scene(pixels(a, b, noise), "a " + one + (beside ? " left of a " : " above a ") + other,
				(one.compareTo(other) < 0) ? one + ", " + other : other + ", " + one);
	}

	/**
	 * Puts a thing into a half of the picture.
	 * @param from where that half begins
	 * @param middle about where it is in the other direction
	 * @param beside whether the half is the left or the right one
	 */
	private static Figure place(Thing thing, int from, double middle, boolean beside, Noise noise) {
		double radius = noise.between(MIN_RADIUS, MAX_RADIUS);
		double along = noise.between(from + radius, from + SIZE / 2 - radius);
		double across = middle + noise.between(-0.3, 0.3);
		double brightness = noise.between(0.75, 1);
		return beside ? new Figure(thing, along, across, radius, brightness)
				: new Figure(thing, across, along, radius, brightness);
	}

	private static double[] pixels(Figure a, Figure b, Noise noise) {
		double[] pixels = new double[SIZE * SIZE * 3];
		for (int i = 0; i < SIZE * SIZE; i++) {
			double ofA = a.coverage(i % SIZE, i / SIZE);
			double ofB = b.coverage(i % SIZE, i / SIZE);
			for (int channel = 0; channel < 3; channel++) {
				double light = ofA * a.light(channel) + ofB * b.light(channel) + noise.between(-NOISE, NOISE);
				pixels[3 * i + channel] = Math.min(1, Math.max(0, light));
			}
		}
		return pixels;
	}

}
