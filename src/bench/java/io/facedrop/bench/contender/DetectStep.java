package io.facedrop.bench.contender;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Future;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.core.step.tasklet.TaskletStep;
import org.springframework.batch.integration.async.AsyncItemProcessor;
import org.springframework.batch.integration.async.AsyncItemWriter;
import org.springframework.batch.item.file.FlatFileItemReader;
import org.springframework.batch.item.file.FlatFileItemWriter;
import org.springframework.batch.item.file.builder.FlatFileItemReaderBuilder;
import org.springframework.batch.item.file.builder.FlatFileItemWriterBuilder;
import org.springframework.batch.item.support.ClassifierCompositeItemWriter;
import org.springframework.core.io.FileSystemResource;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The one step of the job, multi-threaded as the reference recommends where calls take the time and
 * the job must be restartable: {@code AsyncItemProcessor} on a pool, one thread that reads, writes
 * and commits. (A step with a task executor was as fast at best, and cannot tell on restart which
 * of the rows that it had read were done.)
 */
final class DetectStep implements AutoCloseable {
  /** Rows to a commit, and those that a restart after a crash may send, and pay for, again. */
  private static final int CHUNK = Integer.getInteger("bench.strict", 1_000);

  private final Job job;
  private final Caller caller;
  private final ThreadPoolTaskExecutor threads = new ThreadPoolTaskExecutor();

  private record Answered(Row row, Reply reply) {}

  DetectStep(Job job) {
    this.job = job;
    this.caller = new Caller(job.address(), job.concurrency());
    threads.setCorePoolSize(job.concurrency());
    threads.initialize();
  }

  org.springframework.batch.core.Job job(
      JobRepository repository, PlatformTransactionManager transactions) throws Exception {
    FlatFileItemWriter<Answered> successes = successes();
    FlatFileItemWriter<Answered> deadLetters = deadLetters();
    TaskletStep step =
        new StepBuilder("detect", repository)
                .<Row, Future<Answered>>chunk(CHUNK, transactions)
                .reader(reader())
                .processor(processor())
                .writer(writer(successes, deadLetters))
                .stream(successes)
                .stream(deadLetters)
                .build();
    return new JobBuilder("detect-faces", repository).start(step).build();
  }

  private AsyncItemProcessor<Row, Answered> processor() throws Exception {
    AsyncItemProcessor<Row, Answered> processor = new AsyncItemProcessor<>();
    processor.setDelegate(row -> new Answered(row, caller.post(row.url())));
    processor.setTaskExecutor(threads);
    processor.afterPropertiesSet();
    return processor;
  }

  private FlatFileItemReader<Row> reader() {
    return new FlatFileItemReaderBuilder<Row>()
        .name("rows")
        .resource(new FileSystemResource(job.manifest()))
        .linesToSkip(1)
        .delimited()
        .names("order", "image_url")
        .fieldSetMapper(cells -> new Row(List.of(cells.getValues()), cells.readString("image_url")))
        .build();
  }

  private AsyncItemWriter<Answered> writer(
      FlatFileItemWriter<Answered> successes, FlatFileItemWriter<Answered> deadLetters)
      throws Exception {
    ClassifierCompositeItemWriter<Answered> branch = new ClassifierCompositeItemWriter<>();
    branch.setClassifier(answered -> answered.reply().isSuccess() ? successes : deadLetters);
    AsyncItemWriter<Answered> writer = new AsyncItemWriter<>();
    writer.setDelegate(branch);
    writer.afterPropertiesSet();
    return writer;
  }

  private FlatFileItemWriter<Answered> successes() {
    return new FlatFileItemWriterBuilder<Answered>()
        .name("successes")
        .forceSync(SpringBatchJob.STRICT)
        .resource(new FileSystemResource(output("success.csv")))
        .headerCallback(header -> header.write("order,image_url,detect_task_id"))
        .lineAggregator(
            answered -> String.join(",", answered.row().cells()) + "," + answered.reply().taskId())
        .build();
  }

  private FlatFileItemWriter<Answered> deadLetters() {
    return new FlatFileItemWriterBuilder<Answered>()
        .name("dead-letters")
        .forceSync(SpringBatchJob.STRICT)
        .resource(new FileSystemResource(output("dead-letter.csv")))
        .headerCallback(header -> header.write("order,image_url,code,message"))
        .lineAggregator(
            answered ->
                String.join(",", answered.row().cells())
                    + ","
                    + answered.reply().code()
                    + ","
                    + answered.reply().message())
        .build();
  }

  private Path output(String name) {
    return job.outputs().resolve(name);
  }

  @Override
  public void close() throws IOException {
    threads.shutdown();
    caller.close();
  }
}
