package io.unfold;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/**
 * A curl command of the documentation, sent by Java's own client, so that the
 * documentation can be run where there is no curl.
 *
 * @param method of the request
 * @param uri of the request
 * @param headers names and values in turn
 * @param body of the request, or null
 */
record Curl(String method, URI uri, List<String> headers, String body) {

	private static final HttpClient CLIENT = HttpClient.newHttpClient();

	/** The commands of a shell script that consists of curl commands. */
	static List<Curl> commands(String script) {
		List<Curl> commands = new ArrayList<>();
		for (List<String> words : words(script)) {
			commands.add(command(words));
		}
		return commands;
	}

	private static Curl command(List<String> words) {
		if (!words.get(0).equals("curl")) {
			throw new IllegalArgumentException("not a curl command: " + words);
		}
		String method = null;
		String body = null;
		URI uri = null;
		List<String> headers = new ArrayList<>();
		for (int i = 1; i < words.size(); i++) {
			String word = words.get(i);
			switch (word) {
				case "-s", "-N", "-sN" -> {
				}
				case "-X" -> method = words.get(++i);
				case "-d" -> body = words.get(++i);
				case "-H" -> {
					String[] header = words.get(++i).split(": ", 2);
					headers.add(header[0]);
					headers.add(header[1]);
				}
				default -> uri = URI.create(word);
			}
		}
		return new Curl((method != null) ? method : (body != null) ? "POST" : "GET", uri, List.copyOf(headers), body);
	}

	/** The same command, sent to a service on this port. */
	Curl at(int port) {
		return new Curl(this.method, URI.create(this.uri.toString().replace("localhost:8080", "127.0.0.1:" + port)),
				this.headers, this.body);
	}

	/** Sends the command and waits for the whole answer, however long that takes. */
	HttpResponse<String> send() {
		HttpRequest.Builder request = HttpRequest.newBuilder(this.uri)
			.method(this.method, (this.body != null) ? HttpRequest.BodyPublishers.ofString(this.body)
					: HttpRequest.BodyPublishers.noBody());
		if (!this.headers.isEmpty()) {
			request.headers(this.headers.toArray(String[]::new));
		}
		try {
			return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new AssertionError(this + " failed", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError(ex);
		}
	}

	/**
	 * Splits a script into commands, and commands into words, as a shell does with
	 * quotes.
	 */
	private static List<List<String>> words(String script) {
		List<List<String>> commands = new ArrayList<>();
		List<String> words = new ArrayList<>();
		StringBuilder word = null;
		char quote = 0;
		for (char c : (script + "\n").toCharArray()) {
			if (quote != 0) {
				if (c == quote) {
					quote = 0;
				}
				else {
					word.append(c);
				}
			}
			else if (c == '\'' || c == '"') {
				quote = c;
				word = (word != null) ? word : new StringBuilder();
			}
			else if (!Character.isWhitespace(c)) {
				word = (word != null) ? word : new StringBuilder();
				word.append(c);
			}
			else {
				if (word != null) {
					words.add(word.toString());
					word = null;
				}
				if (c == '\n' && !words.isEmpty()) {
					commands.add(List.copyOf(words));
					words.clear();
				}
			}
		}
		return commands;
	}

}
