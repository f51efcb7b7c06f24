package io.facedrop.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.facedrop.clock.SettableClock;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContractTest {
  private final SettableClock clock = new SettableClock(Instant.parse("2026-05-27T12:14:03.25Z"));
  private final SandboxOptions options = SandboxOptions.defaults().withClock(clock);
  private final Sandbox sandbox = Sandbox.start(options);
  private final Caller caller = new Caller(sandbox);

  @AfterEach
  void close() {
    sandbox.close();
  }

  @Test
  void answersATaskIdForAnImage() {
    HttpResponse<String> response = caller.post(Caller.IMAGE);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(response.body())
        .matches(
            """
            \\{"code":200,"message":"success","data":\\{"detect_task_id":"sandbox-[0-9a-z]+"}}""");
  }

  @Test
  void givesEveryPostATaskOfItsOwn() {
    assertThat(caller.taskOf(Caller.IMAGE)).isNotEqualTo(caller.taskOf(Caller.IMAGE));
  }

  @Test
  void bearsItsNameInEveryAnswer() {
    assertThat(caller.post(Caller.IMAGE).headers().firstValue("X-Sandbox")).hasValue("facedrop");
    assertThat(caller.get("/nowhere").headers().firstValue("X-Sandbox")).hasValue("facedrop");
  }

  @Test
  void answers401WithoutAKey() {
    HttpResponse<String> response = caller.withKey(null).post(Caller.IMAGE);

    assertThat(response.body())
        .isEqualTo(
            """
            {"code":401,"message":"Unauthorized: the header x-api-key is missing or its key is \
            not accepted","data":{}}""");
    assertThat(Caller.code(caller.withKey("").balance())).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[]|expected a JSON object with image_url",
        "{}|expected a JSON object with image_url",
        "{\"image_url\": 7}|expected image_url to be a string",
        "{\"image_url\": \"a.png\"}|expected image_url to be an absolute http or https URI",
        "{\"image_url\": \"ftp://h/a.png\"}|expected image_url to be an absolute http or https URI",
        "{\"image_url\": \"http:a.png\"}|expected image_url to be an absolute http or https URI",
        "{\"image_url\": \"http://h/a b\"}|expected image_url to be a URI but found: Illegal"
            + " character in path",
      })
  void answers422AndSaysWhatIsWrong(String body, String complaint) {
    JsonNode answer = Caller.json(caller.postBody("application/json", body));

    assertThat(answer.path("code").intValue()).isEqualTo(422);
    assertThat(answer.path("message").textValue()).isEqualTo("Validation Error: " + complaint);
  }

  @Test
  void answers422ToWhatIsNotJson() {
    assertThat(Caller.code(caller.postBody("application/json", "{\"image_url\""))).isEqualTo(422);
    assertThat(Caller.code(caller.postBody("application/json", ""))).isEqualTo(422);
    assertThat(Caller.code(caller.postBody("application/json", "{} {}"))).isEqualTo(422);
    assertThat(Caller.json(caller.postBody("text/plain", "{}")).path("message").textValue())
        .isEqualTo("Validation Error: expected Content-Type application/json");
  }

  @Test
  void answers422ToAnOverlongBody() {
    String body = "{\"image_url\":\"https://example.com/" + "a".repeat(1 << 20) + "\"}";

    assertThat(Caller.code(caller.postBody("application/json; charset=utf-8", body)))
        .isEqualTo(422);
  }

  @Test
  void answers404Elsewhere() {
    assertThat(Caller.code(caller.get("/"))).isEqualTo(404);
    assertThat(Caller.code(caller.get("/api/v1/client/job/detect-face-image"))).isEqualTo(404);
    assertThat(Caller.code(caller.result("dit60yt8reqplt1c16"))).isEqualTo(404);
    assertThat(Caller.code(caller.result(caller.taskOf(Caller.IMAGE) + "x"))).isEqualTo(404);
  }

  @Test
  void answers422ToAResultWithoutATask() {
    HttpResponse<String> response = caller.get("/api/v1/client/job/detect-face-result");

    assertThat(Caller.code(response)).isEqualTo(422);
  }

  @Test
  void letsATaskStartRunAndSucceed() {
    String task = caller.taskOf(Caller.image("faces-2"));

    assertThat(status(task)).isEqualTo("starting");
    clock.forward(Duration.ofMillis(500));
    assertThat(status(task)).isEqualTo("processing");
    clock.forward(Duration.ofMillis(500));
    assertThat(status(task)).isEqualTo("succeeded");
  }

  @Test
  void answersAResultAsTheApiDoes() {
    String task = caller.taskOf(Caller.image("faces-2"));
    clock.forward(Duration.ofSeconds(1));

    HttpResponse<String> response = caller.result(task);

    String id = Caller.json(response).at("/data/result/id").textValue();
    assertThat(id).matches("sandbox-[0-9a-z]{10}");
    assertThat(response.body())
        .isEqualTo(
            """
            {"code":200,"message":"success","data":{"detect_task_id":"%1$s",\
            "result":{"id":"%2$s","status":"succeed","type":"face_detect","hair_id":null,\
            "faces":[{"id":0,"link":"https://example.com/%2$s/detected-face-0.jpg"},\
            {"id":1,"link":"https://example.com/%2$s/detected-face-1.jpg"}],\
            "started_at":"2026-05-27 12:14:03","finished_at":"2026-05-27 12:14:04",\
            "error":null},"status":"succeeded","error":null}}"""
                .formatted(task, id));
  }

  @Test
  void answersATaskThatAnotherSandboxGaveOut() {
    String task = caller.taskOf(Caller.IMAGE);

    try (Sandbox other = Sandbox.start(options)) {
      assertThat(Caller.code(new Caller(other).result(task))).isEqualTo(200);
    }
  }

  @Test
  void findsOneToThreeFacesByTheUrl() {
    for (int image = 0; image < 20; image++) {
      String task = caller.taskOf("https://example.com/" + image + ".png");
      clock.forward(Duration.ofSeconds(1));
      assertThat(Caller.json(caller.result(task)).at("/data/result/faces").size()).isBetween(1, 3);
    }
  }

  @Test
  void mirrorsTheCodeInTheHttpStatusWhereTold() {
    assertThat(caller.post(Caller.image("code-455")).statusCode()).isEqualTo(200);

    try (Sandbox mirror = Sandbox.start(options.withHttpStatus(HttpStatusStyle.MIRRORED))) {
      Caller mirrored = new Caller(mirror);
      assertThat(mirrored.post(Caller.IMAGE).statusCode()).isEqualTo(200);
      assertThat(mirrored.post(Caller.image("code-455")).statusCode()).isEqualTo(455);
      assertThat(mirrored.post(Caller.image("code-900")).statusCode()).isEqualTo(200);
      assertThat(mirrored.withKey(null).balance().statusCode()).isEqualTo(401);
      assertThat(mirrored.get("/nowhere").statusCode()).isEqualTo(404);
    }
  }

  private String status(String task) {
    return Caller.json(caller.result(task)).at("/data/status").textValue();
  }
}
