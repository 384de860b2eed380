package replctl.cli.wiring;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The signals by which an operator, a terminal that closes or a machine that shuts down asks a
 * process to end: INT, HUP, TERM; and others. Java has no other way to hear one and stay than
 * sun.misc.Signal (module jdk.unsupported); it is called by name, since javac's warning about it
 * can't be turned off and warnings are errors here.
 */
public final class Signals {
  private static final List<String> NAMES = List.of("INT", "HUP", "TERM");

  private final List<Runnable> giveBack = new ArrayList<>();

  private Signals() {}

  /**
   * From now on until it is closed, each of them calls this, on a thread of its own. One that the
   * caller ignores, as nohup has it, stays ignored. Where this Java can't do it, they end the
   * process as always.
   */
  public static Signals hear(Runnable heard) {
    return hear(NAMES, heard);
  }

  /** The same of others. */
  static Signals hear(List<String> names, Runnable heard) {
    Signals signals = new Signals();
    try {
      Calls calls = Calls.find();
      for (String name : names) {
        calls.take(name, heard).ifPresent(signals.giveBack::add);
      }
    } catch (ReflectiveOperationException absent) {
      // A runtime without jdk.unsupported.
      return signals;
    }
    return signals;
  }

  /** From now on they end the process again. */
  public void close() {
    giveBack.forEach(Runnable::run);
    giveBack.clear();
  }

  /**
   * What is called.
   *
   * @param handler the type of what hears a signal
   * @param handle puts one in place and gives the one that was there
   */
  private record Calls(Class<?> signal, Class<?> handler, Method handle, Object ignored) {
    static Calls find() throws ReflectiveOperationException {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      return new Calls(
          signal,
          handler,
          signal.getMethod("handle", signal, handler),
          handler.getField("SIG_IGN").get(null));
    }

    /** Gives what puts the old state back; empty: it was ignored, or is not to be had. */
    Optional<Runnable> take(String name, Runnable heard) throws ReflectiveOperationException {
      Object hears =
          Proxy.newProxyInstance(
              handler.getClassLoader() == null
                  ? Signals.class.getClassLoader()
                  : handler.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> answer(proxy, method, arguments, heard));
      Object of = signal.getConstructor(String.class).newInstance(name);
      Object before;
      try {
        before = handle.invoke(null, of, hears);
      } catch (InvocationTargetException taken) {
        // Java was told to leave it alone (-Xrs).
        return Optional.empty();
      }
      // Asked this way round: another's handler may be a proxy that answers nothing to equals.
      if (ignored.equals(before)) {
        handle.invoke(null, of, ignored);
        return Optional.empty();
      }
      return Optional.of(() -> put(of, before));
    }

    private static Object answer(Object proxy, Method method, Object[] arguments, Runnable heard) {
      return switch (method.getName()) {
        case "equals" -> proxy == arguments[0];
        case "hashCode" -> System.identityHashCode(proxy);
        case "toString" -> "replctl's";
        default -> {
          heard.run();
          yield null;
        }
      };
    }

    private void put(Object of, Object before) {
      try {
        handle.invoke(null, of, before);
      } catch (ReflectiveOperationException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }
}
