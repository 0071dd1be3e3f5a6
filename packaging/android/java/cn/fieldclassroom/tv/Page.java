package cn.fieldclassroom.tv;

import android.content.res.AssetManager;
import android.webkit.WebResourceResponse;
import android.webkit.WebView;
import android.webkit.WebViewClient;
import java.io.IOException;
import java.util.Scanner;
import org.json.JSONException;
import org.json.JSONObject;

/**
 * The app's files out of the package, at the address of the county's service.
 *
 * <p>A page from file:///android_asset could reach the service only by
 * setAllowUniversalAccessFromFileURLs, which lets it reach everything else too, and a made-up address is one
 * that the service must not answer. At the service's own address the page is what it is in a browser: of one
 * origin with the service, with its own storage, under the browser's own rules; and yet it starts without a
 * network. The method with the address as a text is there from API 11 on; newer WebViews call it as well.
 */
final class Page extends WebViewClient {
  private final AssetManager assets;
  private final String base;

  /** @param assets holds `app/`, whose settings.json names the service as browsers write it: no slash at its end */
  Page(AssetManager assets) {
    this.assets = assets;
    try {
      String settings = new Scanner(assets.open("app/settings.json"), "UTF-8").useDelimiter("\\A").next();
      base = new JSONObject(settings).getJSONObject("device").getString("service") + "/";
    } catch (IOException | JSONException e) {
      throw new IllegalStateException(e);
    }
  }

  String address() {
    return base;
  }

  /** Null where the package has no such file: then it comes from the service. */
  @Override
  public WebResourceResponse shouldInterceptRequest(WebView web, String url) {
    if (!url.startsWith(base)) return null;
    String name = url.substring(base.length()).split("[?#]", 2)[0];
    if (name.isEmpty()) name = "index.html";
    try {
      return new WebResourceResponse(typeOf(name), "utf-8", assets.open("app/" + name));
    } catch (IOException e) {
      return null;
    }
  }

  /** A page from elsewhere would find the box's objects too. */
  @Override
  public boolean shouldOverrideUrlLoading(WebView web, String url) {
    return !url.startsWith(base);
  }

  private static String typeOf(String name) {
    if (name.endsWith(".html")) return "text/html";
    if (name.endsWith(".js")) return "application/javascript";
    if (name.endsWith(".json")) return "application/json";
    if (name.endsWith(".woff2")) return "font/woff2";
    return "text/plain";
  }
}
