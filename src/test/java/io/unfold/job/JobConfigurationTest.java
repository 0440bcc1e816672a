package io.unfold.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

import io.unfold.storage.DataFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import static org.assertj.core.api.Assertions.assertThat;

class JobConfigurationTest {

	@Test
	void keepsOnlyTheCandidatesOfTheLastPollWhileAllWorkersAreBusy() throws InterruptedException {
		ExecutorService workers = JobConfiguration.workers(1, 2);
		CountDownLatch busy = new CountDownLatch(1);
		CountDownLatch release = new CountDownLatch(1);
		List<Object> ran = new CopyOnWriteArrayList<>();
		workers.execute(() -> {
			busy.countDown();
			awaitQuietly(release);
		});
		assertThat(busy.await(10, TimeUnit.SECONDS)).isTrue();
		for (int poll = 0; poll < 1000; poll++) {
			String candidate = "poll " + poll;
			workers.execute(() -> ran.add(candidate + " first"));
			workers.execute(() -> ran.add(candidate + " second"));
		}
		release.countDown();
		workers.shutdown();
		assertThat(workers.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
		assertThat(ran).containsExactly("poll 999 first", "poll 999 second");
	}

	@Test
	void trainsOnNamedThreadsThatDoNotKeepTheProcessAlive() throws Exception {
		ExecutorService workers = JobConfiguration.workers(1, 1);
		Thread thread = workers.submit(Thread::currentThread).get(10, TimeUnit.SECONDS);
		workers.shutdown();
		assertThat(thread.getName()).isEqualTo("training-1");
		assertThat(thread.isDaemon()).isTrue();
	}

	/** What is in the file at any moment is what a killed process leaves. */
	@Test
	void hasInTheFileWhatIsCommitted(@TempDir Path folder) throws SQLException, IOException {
		DataFolder data = new DataFolder(folder.resolve("data").toString());
		DataFolder copy = new DataFolder(folder.resolve("copy").toString());
		try (Connection connection = DriverManager.getConnection(EmbeddedDatabase.url(data), "sa", "")) {
			JdbcClient jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
			jdbc.sql("create table kept (id integer primary key)").update();
			for (int i = 0; i < 100; i++) {
				jdbc.sql("insert into kept values (?)").param(i).update();
			}
			Path file = Path.of("db", "unfold.mv.db");
			Files.createDirectories(copy.resolve("db"));
			Files.copy(data.resolve(file.toString()), copy.resolve(file.toString()));
		}
		try (Connection connection = DriverManager.getConnection(EmbeddedDatabase.url(copy), "sa", "")) {
			JdbcClient jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
			assertThat(jdbc.sql("select count(*) from kept").query(Integer.class).single()).isEqualTo(100);
		}
	}

	private static void awaitQuietly(CountDownLatch latch) {
		try {
			latch.await(10, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
