package android.content.pm;

public class PackageManager {
  public PackageInfo getPackageInfo(String name, int flags) throws NameNotFoundException {
    PackageInfo info = new PackageInfo();
    info.versionName = "version of " + name;
    return info;
  }

  public static class NameNotFoundException extends Exception {}
}
