package android.view;

import rehearsal.Trace;

public class View {
  public static final int INVISIBLE = 4;
  public static final int SYSTEM_UI_FLAG_FULLSCREEN = 4;
  public static final int SYSTEM_UI_FLAG_HIDE_NAVIGATION = 2;
  public static final int SYSTEM_UI_FLAG_IMMERSIVE_STICKY = 4096;
  public static final int SYSTEM_UI_FLAG_LAYOUT_FULLSCREEN = 1024;
  public static final int SYSTEM_UI_FLAG_LAYOUT_HIDE_NAVIGATION = 512;
  public static final int SYSTEM_UI_FLAG_LAYOUT_STABLE = 256;
  public static final int VISIBLE = 0;

  ViewGroup parent;

  public final ViewParent getParent() {
    return parent;
  }

  /** Of a full HD set. */
  public final int getWidth() {
    return 1920;
  }

  public final boolean requestFocus() {
    say("requestFocus");
    return true;
  }

  public void setBackgroundColor(int color) {
    say("setBackgroundColor", color);
  }

  public void setLayoutParams(ViewGroup.LayoutParams params) {
    say("setLayoutParams", params);
  }

  public void setSystemUiVisibility(int flags) {
    say("setSystemUiVisibility", flags);
  }

  public void setVisibility(int visibility) {
    say("setVisibility", visibility);
  }

  protected final void say(String call, Object... with) {
    Trace.say(getClass().getSimpleName() + "." + call, with);
  }
}
