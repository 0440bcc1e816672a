# The build needs nothing but this folder and Maven Central.
FROM eclipse-temurin:25-jdk AS build
WORKDIR /src

# what changes seldom first, so that a change of the code downloads nothing
COPY .mvn .mvn
COPY mvnw pom.xml ./
RUN ./mvnw -B -q --no-transfer-progress dependency:go-offline
COPY src src
RUN ./mvnw -B -q --no-transfer-progress -Dmaven.test.skip package

# The jar in layers: libraries, which seldom change, apart from the service's own classes.
RUN java -Djarmode=tools -jar target/unfold-*.jar extract --layers --application-filename unfold.jar --destination /layers

# DL4J's natives, unpacked once here instead of at the first start of every container.
RUN echo 'class Natives { public static void main(String[] args) {' \
	'org.bytedeco.javacpp.Loader.load(org.bytedeco.openblas.global.openblas.class);' \
	'org.nd4j.linalg.factory.Nd4j.eye(2).mmuli(org.nd4j.linalg.factory.Nd4j.eye(2)); } }' > /tmp/Natives.java \
	&& java --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
	-Dorg.bytedeco.javacpp.cachedir=/natives -cp '/layers/dependencies/lib/*' /tmp/Natives.java

FROM eclipse-temurin:25-jre
RUN groupadd --gid 10001 unfold \
	&& useradd --uid 10001 --gid 10001 --create-home --no-log-init --shell /usr/sbin/nologin unfold \
	&& install --directory --owner=10001 --group=10001 /data
WORKDIR /app
# JavaCPP passes over a cache that it cannot write
COPY --from=build --chown=10001:10001 /natives /natives
COPY --from=build /layers/dependencies/ /layers/spring-boot-loader/ /layers/snapshot-dependencies/ ./
COPY --from=build /layers/application/ ./

ENV SERVER_PORT=8080 UNFOLD_DATA=/data
EXPOSE 8080
VOLUME /data
USER 10001:10001
# bash speaks to the port itself: the image has no curl
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 CMD ["bash", "-c", \
	"exec 3<>/dev/tcp/127.0.0.1/$SERVER_PORT && printf 'GET /actuator/health HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && grep -q ' 200' <(head -n 1 <&3)"]
# A network's arrays are outside the heap: the heap takes two fifths of the container's memory. Options of your own: JDK_JAVA_OPTIONS.
ENTRYPOINT ["java", "--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-XX:MaxRAMPercentage=40", "-Dorg.bytedeco.javacpp.cachedir=/natives", "-jar", "unfold.jar"]
