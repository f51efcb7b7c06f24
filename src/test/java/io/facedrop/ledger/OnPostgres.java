package io.facedrop.ledger;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The ledgers of this class's tests lie on a PostgreSQL server, and not in files. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(OnPostgres.Switch.class)
public @interface OnPostgres {
  /** Before what a test sets up itself. */
  final class Switch implements BeforeEachCallback, AfterEachCallback {
    private static TestDatabase current = TestDatabase.FILES;

    static TestDatabase current() {
      return current;
    }

    @Override
    public void beforeEach(ExtensionContext test) {
      current = new TestSchemas();
    }

    @Override
    public void afterEach(ExtensionContext test) {
      ((TestSchemas) current).drop();
      current = TestDatabase.FILES;
    }
  }
}
