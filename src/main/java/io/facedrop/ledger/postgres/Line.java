package io.facedrop.ledger.postgres;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;

/** A connection whose statements are translated when they are prepared. */
abstract class Line implements InvocationHandler {
  /** The connection as the rooms have it. */
  final Connection connection() {
    return (Connection)
        Proxy.newProxyInstance(
            Line.class.getClassLoader(), new Class<?>[] {Connection.class}, this);
  }

  /** The one to the server that is used now. */
  abstract Connection current() throws SQLException;

  /** The one that was used last, lost or not. */
  abstract Connection last();

  /** One that stays as it is, such as a pool's. */
  static Connection translating(Connection connection) {
    return new Line() {
      @Override
      Connection current() {
        return connection;
      }

      @Override
      Connection last() {
        return connection;
      }
    }.connection();
  }

  private static boolean isEnd(Method method) {
    return method.getName().equals("close") || method.getName().equals("abort");
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
    if (method.getDeclaringClass() == Object.class) {
      return method.invoke(this, arguments);
    }
    if (method.getName().equals("prepareStatement")) {
      arguments[0] = Translation.of((String) arguments[0]);
    }
    try {
      return method.invoke(isEnd(method) ? last() : current(), arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
