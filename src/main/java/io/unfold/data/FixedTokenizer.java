package io.unfold.data;

import java.util.List;

/** The tokenizers that nothing has to be learned for. */
enum FixedTokenizer implements Tokenizer {

	WORDS {
		@Override
		public List<String> split(String text) {
			return Words.split(text);
		}

		@Override
		public String join(List<String> tokens) {
			return Words.join(tokens);
		}

		@Override
		public List<String> splitExactly(String text) {
			return Chunks.split(text);
		}
	},

	CHARACTERS {
		@Override
		public List<String> split(String text) {
			return splitExactly(Chunks.collapsed(text));
		}

		@Override
		public String join(List<String> tokens) {
			return String.join("", tokens);
		}

		@Override
		public List<String> splitExactly(String text) {
			return text.codePoints().mapToObj(Character::toString).toList();
		}
	};

	@Override
	public Object stored() {
		return TokenKind.valueOf(name()).id();
	}

	static Tokenizer of(String stored) {
		for (FixedTokenizer tokenizer : values()) {
			if (tokenizer.stored().equals(stored)) {
				return tokenizer;
			}
		}
		throw new IllegalArgumentException("there is no tokenizer '" + stored + "'");
	}

}
