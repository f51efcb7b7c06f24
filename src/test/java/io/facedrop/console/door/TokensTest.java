package io.facedrop.console.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTest {
  private final Tokens tokens = new Tokens("operator-0123456789", "viewer-0123456789");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer operator-0123456789",
        "Bearer viewer-0123456789",
        "bearer viewer-0123456789",
        "Bearer  viewer-0123456789 "
      })
  void letEitherLook(String authorization) {
    boolean operator = authorization.contains("operator");
    assertThat(tokens.role(List.of(authorization)))
        .isEqualTo(operator ? Role.OPERATOR : Role.VIEWER);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Bearer",
        "Bearer ",
        "Bearer viewer-012345678",
        "Bearer viewer-01234567890",
        "Bearer VIEWER-0123456789",
        "Basic viewer-0123456789",
        "viewer-0123456789"
      })
  void letNothingElseLook(String authorization) {
    assertThat(tokens.role(List.of(authorization))).isEqualTo(Role.NOBODY);
  }

  @Test
  void letNobodyLookWhoShowsNoneOrTwo() {
    String right = "Bearer viewer-0123456789";
    assertThat(tokens.role(List.of())).isEqualTo(Role.NOBODY);
    assertThat(tokens.role(List.of(right, right))).isEqualTo(Role.NOBODY);
  }

  @Test
  void letEverybodyLookWhereThereIsNone() {
    assertThat(new Tokens("", "").role(List.of())).isEqualTo(Role.OPERATOR);
  }

  @Test
  void noTokenIsNotAnEmptyOne() {
    Tokens viewer = new Tokens("", "viewer-0123456789");
    assertThat(viewer.role(List.of("Bearer "))).isEqualTo(Role.NOBODY);
    assertThat(viewer.role(List.of("Bearer viewer-0123456789"))).isEqualTo(Role.VIEWER);
  }
}
