package android.view;

public abstract class ViewGroup extends View implements ViewParent {
  public static class LayoutParams {}

  public static class MarginLayoutParams extends LayoutParams {
    public int leftMargin;
    public int topMargin;
  }

  public void addView(View view, int width, int height) {
    view.parent = this;
    say("addView", view.getClass().getSimpleName(), width, height);
  }

  public void removeView(View view) {
    say("removeView", view.getClass().getSimpleName());
  }
}
