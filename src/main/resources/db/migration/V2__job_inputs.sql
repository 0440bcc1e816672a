-- What a job reads beside its dataset, as JSON: datasets that are held out.

alter table training_job add column inputs varchar(4000) default '{}' not null;
