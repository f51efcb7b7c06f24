package io.facedrop.bench;

public final class Benchmark {
  public static void main(String[] args) throws Exception {
    System.out.println(System.getProperty("java.class.path"));
    System.out.println(
        System.getProperty("bench.home")
            + " "
            + System.getProperty("maven.home")
            + " "
            + System.getProperty("bench.rows"));
    System.out.println(
        Class.forName("org.springframework.batch.integration.async.AsyncItemProcessor"));
  }
}
