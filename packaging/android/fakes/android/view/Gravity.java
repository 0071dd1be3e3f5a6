package android.view;

public class Gravity {
  public static final int LEFT = 3;
  public static final int TOP = 48;
}
