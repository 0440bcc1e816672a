package io.unfold.data;

/** Numbers of three decimals, written the same under every locale. */
final class Decimals {

	private Decimals() {
	}

	static void append(StringBuilder text, double value) {
		long thousandths = StrictMath.round(value * 1000);
		text.append((thousandths < 0) ? "-" : "");
		long size = Math.abs(thousandths);
		text.append(size / 1000).append('.');
		text.append(size / 100 % 10).append(size / 10 % 10).append(size % 10);
	}

}
