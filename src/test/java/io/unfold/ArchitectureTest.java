package io.unfold;

import java.io.ObjectInputStream;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.Executor;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.GeneralCodingRules;
import io.unfold.task.TaskSpec;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * The rules of the house that a compiler does not know. Between whole features
 * {@link ModulesTest} speaks.
 */
class ArchitectureTest {

	private static final JavaClasses CLASSES = new ClassFileImporter()
		.withImportOption(new ImportOption.DoNotIncludeTests())
		.importPackages(Unfold.class.getPackageName());

	/** Modules are declared in package-info, with annotations of Spring Modulith. */
	private static final DescribedPredicate<JavaClass> DECLARATION = simpleName("package-info").as("a package-info");

	private static final DescribedPredicate<JavaClass> SPRING_WEB = resideInAnyPackage("org.springframework.web..",
			"org.springframework.http..", "org.springframework.boot.web..", "jakarta.servlet..")
		.as("Spring's or the servlet API's web types");

	@Test
	void engineDataTasksAndTrainingUseNoSpring() {
		noClasses().that()
			.resideInAnyPackage("io.unfold.nn..", "io.unfold.data..", "io.unfold.task..", "io.unfold.training..",
					"io.unfold.problem")
			.and(DescribedPredicate.not(DECLARATION))
			.should()
			.dependOnClassesThat()
			.resideInAPackage("org.springframework..")
			.because("they are the library inside the service")
			.check(CLASSES);
	}

	@Test
	void onlyTheEngineKnowsDl4j() {
		noClasses().that()
			.resideOutsideOfPackage("io.unfold.nn..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("org.deeplearning4j..", "org.nd4j..", "org.bytedeco..")
			.because("what is wrong in DL4J is dealt with in one place")
			.check(CLASSES);
	}

	@Test
	void nothingDependsOnWeb() {
		noClasses().that()
			.resideOutsideOfPackage("io.unfold..web..")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("io.unfold..web..")
			.because("HTTP is one way in, and the outermost layer")
			.check(CLASSES);
	}

	@Test
	void onlyWebKnowsHttp() {
		noClasses().that()
			.resideOutsideOfPackage("io.unfold..web..")
			.should()
			.dependOnClassesThat(SPRING_WEB)
			.because("a feature works without HTTP, and says what is wrong in its own exceptions")
			.check(CLASSES);
	}

	@Test
	void packagesHaveNoCycles() {
		slices().matching("io.unfold.(**)")
			.should()
			.beFreeOfCycles()
			// the catalogue is the one list of tasks, each of which is a TaskSpec
			.ignoreDependency(type(TaskSpec.class), resideInAPackage("io.unfold.task.*"))
			.check(CLASSES);
	}

	@Test
	void readsAndWritesJsonWithJackson3() {
		noClasses().should()
			.dependOnClassesThat()
			.resideInAnyPackage("com.fasterxml.jackson.core..", "com.fasterxml.jackson.databind..",
					"org.nd4j.shade.jackson..")
			.because("Jackson 2 is on the class path only for springdoc, an older one inside ND4J; "
					+ "Jackson 3 is tools.jackson")
			.check(CLASSES);
	}

	@Test
	void neverReadsSerialisedObjects() {
		noClasses().should()
			.dependOnClassesThat(assignableTo(ObjectInputStream.class))
			.orShould()
			.dependOnClassesThat()
			.haveFullyQualifiedName("org.deeplearning4j.util.ModelSerializer")
			.because("reading them runs code chosen by whoever wrote the file")
			.check(CLASSES);
	}

	@Test
	void publishesNoExecutor() {
		// empty as long as there is no @Bean method
		methods().that()
			.areAnnotatedWith(Bean.class)
			.should()
			.notHaveRawReturnType(assignableTo(Executor.class))
			.allowEmptyShould(true)
			.because("Spring Boot's own executor, and with it asynchronous requests, would back off")
			.check(CLASSES);
		noClasses().that()
			.areAssignableTo(Executor.class)
			.should()
			.beMetaAnnotatedWith(Component.class)
			.allowEmptyShould(true)
			.because("as above")
			.check(CLASSES);
	}

	@Test
	void takesTimeAndChanceFromOutside() {
		noClasses().should()
			.callConstructor(Random.class)
			.orShould()
			.callMethod(Math.class, "random")
			.orShould()
			.callMethod(Instant.class, "now")
			.because("an InstantSource and a seed are passed in, so that a test can choose them")
			.check(CLASSES);
	}

	@Test
	void logsThroughALogger() {
		GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(CLASSES);
		GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(CLASSES);
	}

	@Test
	void injectsThroughConstructors() {
		GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION.check(CLASSES);
	}

	@Test
	void namesSayWhatAClassIs() {
		noClasses().should()
			.haveSimpleNameEndingWith("Utils")
			.orShould()
			.haveSimpleNameEndingWith("Util")
			.orShould()
			.haveSimpleNameEndingWith("Impl")
			.orShould()
			.haveSimpleNameEndingWith("Manager")
			.orShould()
			.haveSimpleNameEndingWith("Helper")
			.check(CLASSES);
	}

}
