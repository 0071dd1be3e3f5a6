package android.app;

import rehearsal.Trace;

public class Activity extends android.content.Context {
  protected void onCreate(android.os.Bundle state) {}

  protected void onResume() {}

  protected void onPause() {}

  protected void onDestroy() {}

  public void onWindowFocusChanged(boolean focus) {}

  public boolean dispatchKeyEvent(android.view.KeyEvent event) {
    Trace.say("key for the WebView", event.getKeyCode(), event.getAction());
    return false;
  }

  public void setContentView(android.view.View view) {
    Trace.say("setContentView");
  }

  public android.view.Window getWindow() {
    return new android.view.Window();
  }

  public void finish() {
    Trace.say("finish");
  }

  /** What Android does to an activity over its life. */
  public static void create(Activity activity) {
    activity.onCreate(null);
    activity.onResume();
    activity.onWindowFocusChanged(true);
  }

  public static void leave(Activity activity) {
    activity.onWindowFocusChanged(false);
    activity.onPause();
  }

  public static void comeBack(Activity activity) {
    activity.onResume();
    activity.onWindowFocusChanged(true);
  }

  public static void destroy(Activity activity) {
    activity.onDestroy();
  }
}
