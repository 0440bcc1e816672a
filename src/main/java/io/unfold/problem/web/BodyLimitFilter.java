package io.unfold.problem.web;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses bodies over the limit: at once where the length is declared, while they are
 * read where it is not. File uploads have a limit of their own, which the container
 * enforces.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
class BodyLimitFilter extends OncePerRequestFilter {

	private static final Logger log = LoggerFactory.getLogger(BodyLimitFilter.class);

	/** How long a large request waits for others to make room. */
	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private final BodyMemory memory = new BodyMemory(Runtime.getRuntime().maxMemory());

	private final DataSize limit;

	BodyLimitFilter(HttpLimits limits) {
		this.limit = DataSize.ofBytes(Math.min(limits.maxBodySize().toBytes(), this.memory.capacity()));
		if (this.limit.compareTo(limits.maxBodySize()) < 0) {
			log.info("bodies of requests are limited to {} bytes, because the heap is small", this.limit.toBytes());
		}
	}

	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		String contentType = request.getContentType();
		return contentType != null && contentType.toLowerCase(Locale.ROOT).startsWith("multipart/");
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (request.getContentLengthLong() > this.limit.toBytes()) {
			ProblemWriter.write(Problem.of(ProblemType.TOO_LARGE, BodyTooLargeException.detail(this.limit),
					request.getRequestURI(), List.of()), response);
			return;
		}
		LimitedRequest limited = new LimitedRequest(request);
		try {
			chain.doFilter(limited, response);
		}
		finally {
			limited.release();
		}
	}

	/** A request whose body cannot be read beyond the limit. */
	private final class LimitedRequest extends HttpServletRequestWrapper {

		private @Nullable LimitedInputStream body;

		LimitedRequest(HttpServletRequest request) {
			super(request);
		}

		@Override
		public ServletInputStream getInputStream() throws IOException {
			LimitedInputStream opened = this.body;
			if (opened == null) {
				opened = new LimitedInputStream(super.getInputStream(), getContentLengthLong(),
						BodyLimitFilter.this.limit, BodyLimitFilter.this.memory, PATIENCE);
				this.body = opened;
			}
			return opened;
		}

		void release() {
			if (this.body != null) {
				this.body.release();
			}
		}

		@Override
		public BufferedReader getReader() throws IOException {
			String encoding = getCharacterEncoding();
			Charset charset = (encoding != null) ? Charset.forName(encoding) : StandardCharsets.UTF_8;
			return new BufferedReader(new InputStreamReader(getInputStream(), charset));
		}

	}

}
