package android.content;

public abstract class Context {
  public android.content.res.AssetManager getAssets() {
    return new android.content.res.AssetManager();
  }

  public android.content.pm.PackageManager getPackageManager() {
    return new android.content.pm.PackageManager();
  }

  public String getPackageName() {
    return "cn.fieldclassroom.tv";
  }
}
