package android.os;

public class Build {
  public static final String MANUFACTURER = System.getProperty("maker");
  public static final String MODEL = System.getProperty("model");

  public static class VERSION {
    public static final String RELEASE = System.getProperty("release");
    public static final int SDK_INT = Integer.getInteger("sdk");
  }
}
