package io.unfold.job.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.swagger.v3.oas.annotations.Parameter;
import io.unfold.job.TrainingJobs;

/** The part of a path that names a job. */
@Parameter(description = "The job's id, or `latest` for the newest job.", example = TrainingJobs.LATEST)
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@interface JobName {

}
