package io.facedrop.console.door;

import io.vertx.ext.web.Router;

/** The way in: whatever joins a router after it gets only those who may come. */
public final class Door {
  private Door() {}

  public static void open(Router router, HostNames names, Tokens tokens) {
    Sessions sessions = new Sessions(System::nanoTime);
    Refusal.answerErrors(router);
    router.route().handler(new Doorkeeper(names, tokens, sessions));
    new Login(tokens, sessions).answer(router);
  }
}
