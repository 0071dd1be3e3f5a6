package cn.fieldclassroom.tv;

import android.app.Activity;
import android.os.Bundle;
import android.view.KeyEvent;
import android.view.SurfaceView;
import android.view.View;
import android.view.ViewGroup;
import android.webkit.ValueCallback;
import android.webkit.WebSettings;
import android.webkit.WebView;
import android.widget.FrameLayout;

/** The one screen: the picture's surface and, over it, the app's page, clear where the picture is to be seen. */
public final class MainActivity extends Activity implements ValueCallback<String> {
  /** Laid out under the system's bars, which come back only while somebody asks for them. */
  private static final int WHOLE_SCREEN =
      View.SYSTEM_UI_FLAG_LAYOUT_STABLE
          | View.SYSTEM_UI_FLAG_LAYOUT_HIDE_NAVIGATION
          | View.SYSTEM_UI_FLAG_LAYOUT_FULLSCREEN
          | View.SYSTEM_UI_FLAG_HIDE_NAVIGATION
          | View.SYSTEM_UI_FLAG_FULLSCREEN
          | View.SYSTEM_UI_FLAG_IMMERSIVE_STICKY;

  private WebView web;
  private NativePlayer player;

  @Override
  protected void onCreate(Bundle state) {
    super.onCreate(state);
    web = new WebView(this);
    SurfaceView surface = new SurfaceView(this);
    player = new NativePlayer(surface, web);
    FrameLayout screen = new FrameLayout(this);
    screen.setBackgroundColor(0xff000000);
    screen.addView(surface, -1, -1);
    screen.addView(web, -1, -1);
    setContentView(screen);
    Page page = new Page(getAssets());
    openTo(page);
    web.loadUrl(page.address());
    web.requestFocus();
  }

  private void openTo(Page page) {
    WebSettings settings = web.getSettings();
    settings.setJavaScriptEnabled(true);
    settings.setDomStorageEnabled(true);
    settings.setDatabaseEnabled(true);
    settings.setMediaPlaybackRequiresUserGesture(false);
    settings.setAllowFileAccess(false);
    // The page asks for a viewport of 1280: else a full HD screen would be drawn with 960 points.
    settings.setUseWideViewPort(true);
    settings.setLoadWithOverviewMode(true);
    web.setBackgroundColor(0);
    web.setWebViewClient(page);
    web.addJavascriptInterface(player, "NativePlayer");
    web.addJavascriptInterface(new NativeHost(this), "NativeHost");
  }

  @Override
  public void onWindowFocusChanged(boolean focus) {
    super.onWindowFocusChanged(focus);
    if (focus) web.setSystemUiVisibility(WHOLE_SCREEN);
  }

  @Override
  protected void onResume() {
    super.onResume();
    web.onResume();
    player.comeBack();
  }

  @Override
  protected void onPause() {
    player.goAway();
    web.onPause();
    super.onPause();
  }

  @Override
  protected void onDestroy() {
    player.destroy();
    ((ViewGroup) web.getParent()).removeView(web);
    web.destroy();
    super.onDestroy();
  }

  /** Keys that not every WebView hands to its page go by the page's own function. */
  @Override
  public boolean dispatchKeyEvent(KeyEvent event) {
    int code = Keys.codeOf(event.getKeyCode());
    if (code == 0) return super.dispatchKeyEvent(Keys.known(event));
    String key = event.getAction() == KeyEvent.ACTION_UP ? code + ",true" : String.valueOf(code);
    // Without a page that listens, Back has to lead out all the same.
    ValueCallback<String> answer = event.getKeyCode() == KeyEvent.KEYCODE_BACK ? this : null;
    web.evaluateJavascript("window.__nativeKey?(__nativeKey(" + key + "),1):0", answer);
    return true;
  }

  @Override
  public void onReceiveValue(String taken) {
    if (!"1".equals(taken)) finish();
  }
}
