package io.facedrop.console.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.config.Settings.Console.Pass;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTest {
  private final Tokens tokens =
      new Tokens(
          List.of(new Pass("", "operator-0123456789"), new Pass("berta", "berta-0123456789")),
          List.of(new Pass("carl", "viewer-0123456789")));

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
    assertThat(role(tokens, List.of(authorization)))
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
    assertThat(role(tokens, List.of(authorization))).isEqualTo(Role.NOBODY);
  }

  @Test
  void letNobodyLookWhoShowsNoneOrTwo() {
    String right = "Bearer viewer-0123456789";
    assertThat(role(tokens, List.of())).isEqualTo(Role.NOBODY);
    assertThat(role(tokens, List.of(right, right))).isEqualTo(Role.NOBODY);
  }

  @Test
  void letEverybodyLookWhereThereIsNone() {
    assertThat(role(new Tokens(List.of(), List.of()), List.of())).isEqualTo(Role.OPERATOR);
  }

  @Test
  void noTokenIsNotAnEmptyOne() {
    Tokens viewer = new Tokens(List.of(), List.of(new Pass("", "viewer-0123456789")));
    assertThat(role(viewer, List.of("Bearer "))).isEqualTo(Role.NOBODY);
    assertThat(role(viewer, List.of("Bearer viewer-0123456789"))).isEqualTo(Role.VIEWER);
  }

  @Test
  void tellWhoShowsOne() {
    assertThat(tokens.holderOf("operator-0123456789").name()).isEmpty();
    assertThat(tokens.holderOf("berta-0123456789"))
        .isEqualTo(new Tokens.Holder(Role.OPERATOR, "berta"));
    assertThat(tokens.holderOf("viewer-0123456789"))
        .isEqualTo(new Tokens.Holder(Role.VIEWER, "carl"));
    assertThat(tokens.holderOf("dora-0123456789").name()).isEmpty();
  }

  private static Role role(Tokens tokens, List<String> authorizations) {
    return tokens.holder(authorizations).role();
  }
}
