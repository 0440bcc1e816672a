package io.unfold.data;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.unfold.data.SpillingList.Codec;

/** How what examples consist of is written to files of {@link SpillingList}s. */
public final class Codecs {

	/** Of an object and its header. */
	private static final int OBJECT = 24;

	/** A sequence of any kind. */
	public static final Codec<Sequence> SEQUENCE = new Codec<>() {

		@Override
		public long heapBytes(Sequence sequence) {
			if (sequence instanceof Sequence.Numbers numbers) {
				return FLOATS.heapBytes(numbers.steps());
			}
			return (sequence instanceof Sequence.Tokens tokens) ? TEXTS.heapBytes(tokens.tokens())
					: TEXT.heapBytes(((Sequence.Text) sequence).text());
		}

		@Override
		public void write(Sequence sequence, DataOutput out) throws IOException {
			if (sequence instanceof Sequence.Numbers numbers) {
				out.writeByte(0);
				FLOATS.write(numbers.steps(), out);
			}
			else if (sequence instanceof Sequence.Tokens tokens) {
				out.writeByte(1);
				TEXTS.write(tokens.tokens(), out);
			}
			else {
				out.writeByte(2);
				TEXT.write(((Sequence.Text) sequence).text(), out);
			}
		}

		@Override
		public Sequence read(DataInput in) throws IOException {
			return switch (in.readByte()) {
				case 0 -> new Sequence.Numbers(FLOATS.read(in));
				case 1 -> new Sequence.Tokens(TEXTS.read(in));
				default -> new Sequence.Text(TEXT.read(in));
			};
		}

	};

	/** Steps of numbers, all of one size. */
	public static final Codec<float[][]> FLOATS = new Codec<>() {

		@Override
		public long heapBytes(float[][] steps) {
			return OBJECT + (long) steps.length * (OBJECT + 4 * (long) width(steps));
		}

		private int width(float[][] steps) {
			return (steps.length > 0) ? steps[0].length : 0;
		}

		@Override
		public void write(float[][] steps, DataOutput out) throws IOException {
			out.writeInt(steps.length);
			out.writeInt(width(steps));
			for (float[] step : steps) {
				for (float value : step) {
					out.writeFloat(value);
				}
			}
		}

		@Override
		public float[][] read(DataInput in) throws IOException {
			float[][] steps = new float[in.readInt()][];
			int width = in.readInt();
			for (int t = 0; t < steps.length; t++) {
				steps[t] = new float[width];
				for (int i = 0; i < width; i++) {
					steps[t][i] = in.readFloat();
				}
			}
			return steps;
		}

	};

	/** Numbers, as a block. */
	public static final Codec<double[]> DOUBLES = new Codec<>() {

		@Override
		public long heapBytes(double[] numbers) {
			return OBJECT + 8L * numbers.length;
		}

		@Override
		public void write(double[] numbers, DataOutput out) throws IOException {
			ByteBuffer bytes = ByteBuffer.allocate(8 * numbers.length);
			bytes.asDoubleBuffer().put(numbers);
			out.writeInt(numbers.length);
			out.write(bytes.array());
		}

		@Override
		public double[] read(DataInput in) throws IOException {
			double[] numbers = new double[in.readInt()];
			byte[] bytes = new byte[8 * numbers.length];
			in.readFully(bytes);
			ByteBuffer.wrap(bytes).asDoubleBuffer().get(numbers);
			return numbers;
		}

	};

	/** Numbers of tokens. */
	public static final Codec<int[]> IDS = new Codec<>() {

		@Override
		public long heapBytes(int[] ids) {
			return OBJECT + 4L * ids.length;
		}

		@Override
		public void write(int[] ids, DataOutput out) throws IOException {
			out.writeInt(ids.length);
			for (int id : ids) {
				out.writeInt(id);
			}
		}

		@Override
		public int[] read(DataInput in) throws IOException {
			int[] ids = new int[in.readInt()];
			for (int i = 0; i < ids.length; i++) {
				ids[i] = in.readInt();
			}
			return ids;
		}

	};

	/** A text. */
	public static final Codec<String> TEXT = new Codec<>() {

		@Override
		public long heapBytes(String text) {
			return 2 * OBJECT + 2L * text.length();
		}

		@Override
		public void write(String text, DataOutput out) throws IOException {
			byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
			out.writeInt(bytes.length);
			out.write(bytes);
		}

		@Override
		public String read(DataInput in) throws IOException {
			byte[] bytes = new byte[in.readInt()];
			in.readFully(bytes);
			return new String(bytes, StandardCharsets.UTF_8);
		}

	};

	/** Texts. */
	public static final Codec<List<String>> TEXTS = new Codec<>() {

		@Override
		public long heapBytes(List<String> texts) {
			return OBJECT + texts.stream().mapToLong((text) -> 8 + TEXT.heapBytes(text)).sum();
		}

		@Override
		public void write(List<String> texts, DataOutput out) throws IOException {
			out.writeInt(texts.size());
			for (String text : texts) {
				TEXT.write(text, out);
			}
		}

		@Override
		public List<String> read(DataInput in) throws IOException {
			int size = in.readInt();
			List<String> texts = new ArrayList<>(size);
			for (int i = 0; i < size; i++) {
				texts.add(TEXT.read(in));
			}
			return texts;
		}

	};

	/** Yes or no. */
	public static final Codec<Boolean> FLAG = new Codec<>() {

		@Override
		public long heapBytes(Boolean flag) {
			return 0;
		}

		@Override
		public void write(Boolean flag, DataOutput out) throws IOException {
			out.writeBoolean(flag);
		}

		@Override
		public Boolean read(DataInput in) throws IOException {
			return in.readBoolean();
		}

	};

	private Codecs() {
	}

}
