package io.unfold.storage;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;

/** Binds the data folder. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DataFolder.class)
class StorageConfiguration {

}
