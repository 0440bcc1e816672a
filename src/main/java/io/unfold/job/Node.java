package io.unfold.job;

import com.github.kagkarlsson.scheduler.SchedulerName;

/**
 * This process among those that share the database.
 *
 * @param name under which its workers take jobs
 * @param isAlone whether the database is embedded, so that nobody shares it
 */
record Node(String name, boolean isAlone) implements SchedulerName {

	@Override
	public String getName() {
		return this.name;
	}

}
