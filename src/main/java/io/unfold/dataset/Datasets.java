package io.unfold.dataset;

import io.unfold.data.DataSource;
import org.springframework.stereotype.Component;

/** The stored datasets, the bundled ones among them. */
@Component
public class Datasets {

	/**
	 * The dataset of that id or name.
	 * @throws io.unfold.problem.NotFoundException when there is none
	 */
	public Dataset get(String idOrName) {
		throw new UnsupportedOperationException();
	}

	/** The records of a dataset. */
	public DataSource source(Dataset dataset) {
		throw new UnsupportedOperationException();
	}

}
