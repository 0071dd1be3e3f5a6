package cn.fieldclassroom.tv;

import android.app.Activity;
import android.content.pm.PackageManager;
import android.os.Build;
import android.os.Handler;
import android.os.Looper;
import android.os.Message;
import android.view.WindowManager;
import android.webkit.JavascriptInterface;
import org.json.JSONException;
import org.json.JSONObject;

/** `window.NativeHost` of the page: see bridge-contract.ts. */
public final class NativeHost implements Handler.Callback {
  private static final int EXIT = 1;
  private static final int KEEP_SCREEN_ON = 2;

  private final Activity activity;
  private final Handler handler;

  NativeHost(Activity activity) {
    this.activity = activity;
    handler = new Handler(Looper.getMainLooper(), this);
  }

  @JavascriptInterface
  public void exit() {
    handler.sendEmptyMessage(EXIT);
  }

  @JavascriptInterface
  public void keepScreenOn(boolean on) {
    handler.obtainMessage(KEEP_SCREEN_ON, on ? 1 : 0, 0).sendToTarget();
  }

  @JavascriptInterface
  public String info() {
    try {
      String version =
          activity.getPackageManager().getPackageInfo(activity.getPackageName(), 0).versionName;
      return new JSONObject()
          .put("model", Build.MODEL)
          .put("maker", Build.MANUFACTURER)
          .put("android", Build.VERSION.RELEASE)
          .put("version", version)
          .toString();
    } catch (PackageManager.NameNotFoundException | JSONException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public boolean handleMessage(Message message) {
    if (message.what == EXIT) activity.finish();
    else if (message.arg1 == 1)
      activity.getWindow().addFlags(WindowManager.LayoutParams.FLAG_KEEP_SCREEN_ON);
    else activity.getWindow().clearFlags(WindowManager.LayoutParams.FLAG_KEEP_SCREEN_ON);
    return true;
  }
}
