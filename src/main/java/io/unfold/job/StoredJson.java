package io.unfold.job;

import tools.jackson.databind.json.JsonMapper;

/**
 * The JSON of the job tables. It does not follow the settings of the API's JSON: what an
 * older version of the service stored must stay readable.
 */
final class StoredJson {

	static final JsonMapper MAPPER = JsonMapper.builder().build();

	private StoredJson() {
	}

}
