package io.facedrop.bench.contender;

import java.nio.file.Path;
import org.h2.jdbcx.JdbcConnectionPool;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.Job;
import org.springframework.batch.core.JobExecution;
import org.springframework.batch.core.JobParameters;
import org.springframework.batch.core.JobParametersBuilder;
import org.springframework.batch.core.launch.support.TaskExecutorJobLauncher;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.support.JobRepositoryFactoryBean;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.task.SyncTaskExecutor;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.jdbc.support.JdbcTransactionManager;

/**
 * A Spring Batch job with its own H2 repository on disk: the peer that promises most, for it goes
 * on where it stopped.
 *
 * <p>With {@code -Dbench.strict=N} it promises what comes nearest to facedrop: a commit after every
 * N rows, written at once, so that a crash pays for no more than these twice. Without, it is tuned
 * for speed, and H2 may forget its last half second when the process is killed.
 */
public final class SpringBatchJob {
  static final boolean STRICT = System.getProperty("bench.strict") != null;

  private final JdbcConnectionPool source;
  private final JdbcTransactionManager transactions;
  private final JobRepository repository;

  private SpringBatchJob(Path folder) throws Exception {
    source =
        JdbcConnectionPool.create(
            "jdbc:h2:file:"
                + folder.resolve("repository").toAbsolutePath()
                + (STRICT ? ";WRITE_DELAY=0" : ""),
            "sa",
            "");
    new ResourceDatabasePopulator(
            new ClassPathResource("org/springframework/batch/core/schema-h2.sql"))
        .execute(source);
    transactions = new JdbcTransactionManager(source);
    repository = repository();
  }

  public static void main(String[] args) throws Exception {
    io.facedrop.bench.contender.Job.run(args, SpringBatchJob::work);
  }

  private static void work(io.facedrop.bench.contender.Job job) throws Exception {
    SpringBatchJob batch = new SpringBatchJob(job.outputs());
    try (DetectStep step = new DetectStep(job)) {
      batch.launch(step.job(batch.repository, batch.transactions), job.manifest());
    } finally {
      batch.source.dispose();
    }
  }

  private void launch(Job job, Path manifest) throws Exception {
    TaskExecutorJobLauncher launcher = new TaskExecutorJobLauncher();
    launcher.setJobRepository(repository);
    launcher.setTaskExecutor(new SyncTaskExecutor());
    launcher.afterPropertiesSet();
    JobExecution execution = launcher.run(job, parameters(manifest));
    if (execution.getStatus() != BatchStatus.COMPLETED) {
      throw new IllegalStateException("the job ended as " + execution);
    }
  }

  private static JobParameters parameters(Path manifest) {
    return new JobParametersBuilder().addString("manifest", manifest.toString()).toJobParameters();
  }

  private JobRepository repository() throws Exception {
    JobRepositoryFactoryBean factory = new JobRepositoryFactoryBean();
    factory.setDataSource(source);
    factory.setTransactionManager(transactions);
    factory.afterPropertiesSet();
    return factory.getObject();
  }
}
