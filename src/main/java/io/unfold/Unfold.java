package io.unfold;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The service: trains recurrent networks as jobs over REST, and serves them. */
@SpringBootApplication
public class Unfold {

	public static void main(String[] args) {
		SpringApplication.run(Unfold.class, args);
	}

}
