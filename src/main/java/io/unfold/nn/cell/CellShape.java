package io.unfold.nn.cell;

/**
 * The sizes of a cell's parameters and of the state of one step, in multiples of its
 * units.
 *
 * @param gates columns of W [rows, gates * units] and R [units, gates * units]
 * @param biases elements of b [biases * units]
 * @param states vectors that go from step to step: 1 is h, 2 is h and c
 * @param blocks vectors that a step keeps for the backward pass; the first {@code biases}
 * of them hold sums
 */
public record CellShape(int gates, int biases, int states, int blocks) {

}
