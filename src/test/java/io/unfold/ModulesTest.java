package io.unfold;

import org.junit.jupiter.api.Test;

import org.springframework.modulith.ApplicationModule;
import org.springframework.modulith.core.ApplicationModules;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The arrows between the feature packages: each names in its {@code package-info} the
 * modules that it may use.
 */
class ModulesTest {

	private static final ApplicationModules MODULES = ApplicationModules.of(Unfold.class);

	@Test
	void usesOnlyTheModulesThatItNames() {
		MODULES.verify();
	}

	@Test
	void namesTheModulesThatItMayUse() {
		assertThat(MODULES.stream()).isNotEmpty()
			.allSatisfy((module) -> assertThat(allowed(module.getIdentifier().toString()))
				.as("allowedDependencies of %s", module.getBasePackage())
				.doesNotContain(ApplicationModule.OPEN_TOKEN));
	}

	@Test
	void networksAndDataKnowNothingOfEachOther() throws ClassNotFoundException {
		assertThat(allowed("nn")).containsExactly("problem");
		assertThat(allowed("data")).containsExactly("problem");
	}

	private static String[] allowed(String module) throws ClassNotFoundException {
		ApplicationModule declaration = Class.forName(Unfold.class.getPackageName() + "." + module + ".package-info")
			.getAnnotation(ApplicationModule.class);
		assertThat(declaration).as("@ApplicationModule of %s", module).isNotNull();
		return declaration.allowedDependencies();
	}

}
