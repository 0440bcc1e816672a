package io.unfold.nn.cell;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * A cell's weights packed for products by vectors: once for weights that never change,
 * otherwise whenever they are asked for.
 */
final class PackedWeights {

	/** Columns of a panel for a single row. */
	static final int ROW_PANEL = Panels.VECTORS * 16;

	private final int inputs;

	/** Rows of W. */
	private final int rows;

	private final int units;

	private final Map<String, Panels> own = new HashMap<>();

	PackedWeights(int inputs, CellSpec cell) {
		this.inputs = inputs;
		this.rows = cell.rows(inputs);
		this.units = cell.units();
	}

	/** W. */
	Panels inputs(Weights weights, int gates) {
		return get(weights, "w", this.rows, gates * this.units, Panels.COLUMNS,
				(panels) -> panels.pack(weights.w(), 0, this.rows));
	}

	/** The rows of W for the earlier h that is an input, for a single row. */
	Panels skippedRow(Weights weights, int gates) {
		return get(weights, "skip of a row", this.units, gates * this.units, ROW_PANEL,
				(panels) -> panels.pack(weights.w(), this.inputs, this.rows));
	}

	/** A gate's columns of W for the earlier h that is an input, transposed. */
	Panels skippedBack(Weights weights, int gate) {
		return get(weights, "skip back " + gate, this.units, this.units, Panels.COLUMNS, (panels) -> panels
			.packTransposed(weights.w(), (long) gate * this.units * this.rows + this.inputs, this.rows));
	}

	/** The rows of W for the earlier h that is an input, transposed, for a single row. */
	Panels skippedBackRow(Weights weights, int gates) {
		return get(weights, "skip back of a row", gates * this.units, this.units, ROW_PANEL,
				(panels) -> panels.packTransposed(weights.w(), this.inputs, this.rows));
	}

	/** A gate's columns of W, transposed. */
	Panels inputBack(Weights weights, int gate) {
		return get(weights, "w back " + gate, this.units, this.inputs, Panels.COLUMNS,
				(panels) -> panels.packTransposed(weights.w(), (long) gate * this.units * this.rows, this.rows));
	}

	/** A product's columns of R. */
	Panels recurrent(Weights weights, Product product, boolean row) {
		return get(weights, name("r", row) + product.column(), this.units, product.count() * this.units,
				row ? ROW_PANEL : Panels.COLUMNS,
				(panels) -> panels.pack(weights.r(), column(product.column()), this.units));
	}

	/** Some gates' columns of R, transposed. */
	Panels recurrentBack(Weights weights, int gate, int count, boolean row) {
		return get(weights, name("r back", row) + gate, count * this.units, this.units,
				row ? ROW_PANEL : Panels.COLUMNS,
				(panels) -> panels.packTransposed(weights.r(), column(gate), this.units));
	}

	private static String name(String matrix, boolean row) {
		return matrix + (row ? " of a row " : " ");
	}

	private long column(int gate) {
		return (long) gate * this.units * this.units;
	}

	private Panels get(Weights weights, String name, int rows, int columns, int width, Consumer<Panels> pack) {
		@Nullable Map<String, Panels> kept = weights.packed();
		if (kept != null) {
			return kept.computeIfAbsent(name, (key) -> {
				Panels panels = new Panels(rows, columns, width);
				pack.accept(panels);
				return panels;
			});
		}
		Panels panels = this.own.computeIfAbsent(name, (key) -> new Panels(rows, columns, width));
		pack.accept(panels);
		return panels;
	}

}
