package io.unfold;

import io.unfold.training.MiniBatchTrainer;
import io.unfold.training.Trainer;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

/** The service: trains recurrent networks as jobs over REST, and serves them. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class Unfold {

	public static void main(String[] args) {
		Thread.setDefaultUncaughtExceptionHandler(LastResort.halting());
		SpringApplication.run(Unfold.class, args);
	}

	@Bean
	Trainer trainer() {
		return new MiniBatchTrainer();
	}

}
