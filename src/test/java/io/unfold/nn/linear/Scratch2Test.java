package io.unfold.nn.linear;

import java.util.*;
import org.bytedeco.javacpp.*;
import org.bytedeco.openblas.global.openblas;
import org.junit.jupiter.api.Test;
import static org.bytedeco.openblas.global.openblas.*;

class Scratch2Test {

	@Test
	void x() {
		io.unfold.nn.NativeRuntime.prepareNd4j();
		for (int n : new int[] { 5, 16, 50, 64, 100, 128, 200, 500 }) {
			Random r = new Random(1);
			int rows = 600;
			double[] x = r.doubles((long) n * rows, -1, 1).toArray();
			double[] g = new double[n * n];
			for (int i = 0; i < n; i++)
				for (int j = 0; j < n; j++) {
					double s = 0;
					for (int k = 0; k < rows; k++)
						s += x[k * n + i] * x[k * n + j];
					g[i * n + j] = s;
				}
			DoublePointer px = new DoublePointer(x), pg = new DoublePointer((long) n * n);
			Pointer.memset(pg, 0, 8L * n * n);
			cblas_dsyrk(102, 122, 111, n, rows, 1, px, n, 1, pg, n);
			double[] gg = new double[n * n];
			pg.get(gg);
			double worst = 0;
			for (int j = 0; j < n; j++)
				for (int i = j; i < n; i++)
					worst = Math.max(worst, Math.abs(gg[j * n + i] - g[j * n + i]));
			DoublePointer a = new DoublePointer(g);
			int info = LAPACKE_dpotrf(LAPACK_COL_MAJOR, (byte) 'L', n, a, n);
			double[] l = new double[n * n];
			a.get(l);
			double w2 = 0;
			for (int j = 0; j < n; j++)
				for (int i = j; i < n; i++) {
					double s = 0;
					for (int k = 0; k <= j; k++)
						s += l[k * n + i] * l[k * n + j];
					w2 = Math.max(w2, Math.abs(s - g[j * n + i]));
				}
			DoublePointer u = new DoublePointer(g);
			int infoU = LAPACKE_dpotrf(LAPACK_COL_MAJOR, (byte) 'U', n, u, n);
			u.get(l);
			double w3 = 0;
			for (int j = 0; j < n; j++)
				for (int i = 0; i <= j; i++) {
					double s = 0;
					for (int k = 0; k <= i; k++)
						s += l[i * n + k] * l[j * n + k];
					w3 = Math.max(w3, Math.abs(s - g[j * n + i]));
				}
			double norm = LAPACKE_dlansy(LAPACK_COL_MAJOR, (byte) '1', (byte) 'L', n, new DoublePointer(g), n);
			DoublePointer c = new DoublePointer(1);
			int i3 = LAPACKE_dpocon(LAPACK_COL_MAJOR, (byte) 'L', n, a, n, norm, c);
			// multiply by gemm
			DoublePointer pc = new DoublePointer((long) n * n);
			Pointer.memset(pc, 0, 8L * n * n);
			cblas_dgemm(102, 111, 112, n, n, rows, 1, px, n, px, n, 1, pc, n);
			pc.get(gg);
			double w4 = 0;
			for (int i = 0; i < n * n; i++)
				w4 = Math.max(w4, Math.abs(gg[i] - g[i]));
			System.out.printf(
					"XX n %d syrk err %.1e gemm err %.1e potrfL %d err %.1e potrfU %d err %.1e norm %.3e pocon %d %.3e%n",
					n, worst, w4, info, w2, infoU, w3, norm, i3, c.get());
		}
	}

}
