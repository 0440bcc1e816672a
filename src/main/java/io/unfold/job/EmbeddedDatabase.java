package io.unfold.job;

import io.unfold.storage.DataFolder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The H2 database in the data folder, unless {@code spring.datasource.url} names another.
 */
@Configuration(proxyBeanMethods = false)
class EmbeddedDatabase {

	@Bean
	@ConditionalOnProperty(name = "spring.datasource.url", havingValue = "embedded", matchIfMissing = true)
	JdbcConnectionDetails h2(DataFolder folder) {
		return new JdbcConnectionDetails() {
			@Override
			public String getUsername() {
				return "sa";
			}

			@Override
			public String getPassword() {
				return "";
			}

			@Override
			public String getJdbcUrl() {
				return url(folder);
			}
		};
	}

	/**
	 * WRITE_DELAY=0: a commit is in the file when it returns. By default H2 writes up to
	 * half a second later, and a process that is killed loses what it has answered for.
	 * DB_CLOSE_ON_EXIT=FALSE: the application closes the database, after its workers. H2
	 * locks the file by the operating system, which lets go of it when the process dies.
	 */
	static String url(DataFolder folder) {
		return "jdbc:h2:file:" + folder.resolve("db").resolve("unfold") + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE";
	}

}
