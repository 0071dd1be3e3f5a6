package android.view;

public class SurfaceView extends View implements SurfaceHolder {
  /** The one made last, and who wants to know of its surface. */
  public static SurfaceView last;

  public Callback watcher;

  public SurfaceView(android.content.Context context) {
    last = this;
  }

  public SurfaceHolder getHolder() {
    return this;
  }

  @Override
  public void addCallback(Callback callback) {
    watcher = callback;
  }
}
