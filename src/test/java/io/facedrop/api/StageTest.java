package io.facedrop.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facedrop.api.answer.NotSentException;
import io.facedrop.api.answer.RequestTrail;
import io.facedrop.api.answer.Stage;
import io.facedrop.api.gate.Permit;
import org.junit.jupiter.api.Test;

class StageTest {
  private static final String CREATE = "/api/v1/client/job/detect-face-image";
  private static final String QUERY = "/api/v1/client/job/detect-face-result?detect_task_id=t";

  @Test
  void aStageIsFoundByItsWordAndItsPath() {
    for (Stage stage : Stage.values()) {
      assertThat(Stage.of(stage.word())).isEqualTo(stage);
      assertThat(stage.credits()).isPositive();
    }
    assertThat(Stage.DETECT.isCreatedAt(CREATE)).isTrue();
    assertThat(Stage.isAnyCreatedAt(QUERY)).isFalse();
  }

  @Test
  void aRowThatIsFurtherOnGoesFirst() {
    assertThat(Stage.LAST_FIRST).startsWith(Stage.values()[Stage.values().length - 1]);
    assertThat(Stage.LAST_FIRST).endsWith(Stage.first()).hasSize(Stage.values().length);
  }

  @Test
  void saysWhichStagesThereAre() {
    assertThatThrownBy(() -> Stage.of("swop"))
        .hasMessage("expected one of the stages [detect] but found swop");
  }

  @Test
  void noRowThatHasATaskCreatesOneOfAnyStage() throws Exception {
    RequestTrail trail = new RequestTrail(Permit.open(0), Stage.DETECT, false);
    assertThat(trail.begin("GET", QUERY)).isEqualTo(RequestKind.QUERY);
    assertThatThrownBy(() -> trail.begin("POST", CREATE)).isInstanceOf(NotSentException.class);
  }

  @Test
  void aRowCreatesTheTaskOfItsStageOnce() throws Exception {
    RequestTrail trail = new RequestTrail(Permit.open(0), Stage.DETECT, true);
    assertThat(trail.begin("POST", CREATE)).isEqualTo(RequestKind.CREATE);
    assertThatThrownBy(() -> trail.begin("POST", CREATE)).isInstanceOf(NotSentException.class);
  }
}
