package rehearsal;

import java.util.Arrays;

/** What the wrapper asks of Android, a line each, in the order it is asked. */
public final class Trace {
  private Trace() {}

  public static void say(String what, Object... with) {
    System.out.println(with.length == 0 ? "  " + what : "  " + what + " " + Arrays.asList(with));
  }

  public static void scene(String name) {
    System.out.println(name);
  }
}
