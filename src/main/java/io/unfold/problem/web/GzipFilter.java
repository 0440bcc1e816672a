package io.unfold.problem.web;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Inflates bodies that are sent with {@code Content-Encoding: gzip}, before anything else
 * reads them, so that limits are on what is inflated. Forms are read by the container,
 * which does not inflate: their files may be gzip themselves.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 5)
class GzipFilter extends OncePerRequestFilter {

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		String encoding = request.getHeader("Content-Encoding");
		if (encoding == null || encoding.equalsIgnoreCase("identity")) {
			chain.doFilter(request, response);
			return;
		}
		String type = request.getContentType();
		boolean form = type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/");
		if (form || !encoding.equalsIgnoreCase("gzip")) {
			ProblemWriter.write(Problem.of(ProblemType.UNSUPPORTED_MEDIA_TYPE,
					form ? "A form cannot have a Content-Encoding: compress the file in it instead (gzip)."
							: "The Content-Encoding must be gzip or identity.",
					request.getRequestURI(), List.of()), response);
			return;
		}
		chain.doFilter(new Inflated(request), response);
	}

	private static final class Inflated extends HttpServletRequestWrapper {

		private @Nullable ServletInputStream body;

		Inflated(HttpServletRequest request) {
			super(request);
		}

		@Override
		public ServletInputStream getInputStream() throws IOException {
			ServletInputStream opened = this.body;
			if (opened == null) {
				opened = new Body(super.getInputStream());
				this.body = opened;
			}
			return opened;
		}

		@Override
		public int getContentLength() {
			return -1;
		}

		@Override
		public long getContentLengthLong() {
			return -1;
		}

	}

	private static final class Body extends ServletInputStream {

		private final ServletInputStream sent;

		/** Opened by who reads first, so that damaged data is a fault of the body. */
		private @Nullable InputStream inflated;

		Body(ServletInputStream sent) {
			this.sent = sent;
		}

		private InputStream inflated() throws IOException {
			InputStream opened = this.inflated;
			if (opened == null) {
				opened = new GZIPInputStream(this.sent);
				this.inflated = opened;
			}
			return opened;
		}

		@Override
		public int read() throws IOException {
			return inflated().read();
		}

		@Override
		public int read(byte[] target, int offset, int length) throws IOException {
			return inflated().read(target, offset, length);
		}

		@Override
		public boolean isFinished() {
			return this.sent.isFinished();
		}

		@Override
		public boolean isReady() {
			return this.sent.isReady();
		}

		@Override
		public void setReadListener(ReadListener listener) {
			throw new UnsupportedOperationException("bodies are read where they are waited for");
		}

	}

}
