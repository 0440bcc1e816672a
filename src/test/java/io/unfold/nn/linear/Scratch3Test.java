package io.unfold.nn.linear;

import java.util.*;
import org.apache.commons.math3.linear.*;
import org.bytedeco.javacpp.*;
import org.junit.jupiter.api.Test;
import static org.bytedeco.openblas.global.openblas.*;

class Scratch3Test {

	@Test
	void x() {
		io.unfold.nn.NativeRuntime.prepareNd4j();
		for (int n : new int[] { 5, 16, 50, 64, 100, 128, 200, 400, 1000 }) {
			Random r = new Random(1);
			double[] m = r.doubles((long) n * n, -1, 1).map(v -> r.nextDouble() < 0.9 ? 0 : v).toArray();
			long t = System.nanoTime();
			double rho = SpectralRadius.of(m.clone(), n);
			long t1 = System.nanoTime();
			double trace = 0, trace2 = 0;
			for (int i = 0; i < n; i++) {
				trace += m[i * n + i];
				for (int j = 0; j < n; j++)
					trace2 += m[i * n + j] * m[j * n + i];
			}
			double[] wr = new double[n], wi = new double[n];
			LAPACKE_dgeev(LAPACK_COL_MAJOR, (byte) 'N', (byte) 'N', n, m.clone(), n, wr, wi, new double[1], 1,
					new double[1], 1);
			double s = 0, s2 = 0;
			for (int i = 0; i < n; i++) {
				s += wr[i];
				s2 += wr[i] * wr[i] - wi[i] * wi[i];
			}
			double rho2 = 0;
			long t2 = System.nanoTime();
			if (n <= 400) {
				EigenDecomposition e = new EigenDecomposition(new Array2DRowRealMatrix(rows(m, n)));
				for (int i = 0; i < n; i++)
					rho2 = Math.max(rho2, Math.hypot(e.getRealEigenvalue(i), e.getImagEigenvalue(i)));
			}
			long t3 = System.nanoTime();
			System.out.printf("XX n %d rho %.15f math3 %.15f trace err %.1e trace2 err %.1e time %.3f math3 %.3f%n", n,
					rho, rho2, s - trace, s2 - trace2, (t1 - t) / 1e9, (t3 - t2) / 1e9);
		}
	}

	static double[][] rows(double[] m, int n) {
		double[][] a = new double[n][n];
		for (int i = 0; i < n; i++)
			for (int j = 0; j < n; j++)
				a[j][i] = m[i * n + j];
		return a;
	}

}
