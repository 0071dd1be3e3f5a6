package android.view;

import rehearsal.Trace;

public class Window {
  public void addFlags(int flags) {
    Trace.say("Window.addFlags", flags);
  }

  public void clearFlags(int flags) {
    Trace.say("Window.clearFlags", flags);
  }
}
