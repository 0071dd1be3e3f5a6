package android.widget;

public class FrameLayout extends android.view.ViewGroup {
  public static class LayoutParams extends android.view.ViewGroup.MarginLayoutParams {
    private final int[] given;

    public LayoutParams(int width, int height, int gravity) {
      given = new int[] {width, height, gravity};
    }

    @Override
    public String toString() {
      return given[0] + "x" + given[1] + " gravity " + given[2] + " at " + leftMargin + "," + topMargin;
    }
  }

  public FrameLayout(android.content.Context context) {}
}
