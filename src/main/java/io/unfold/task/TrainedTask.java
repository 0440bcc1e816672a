package io.unfold.task;

/** A trained model of a task, ready to answer: immutable and thread-safe. */
public interface TrainedTask {

}
