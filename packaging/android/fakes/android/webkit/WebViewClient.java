package android.webkit;

public class WebViewClient {
  public WebResourceResponse shouldInterceptRequest(WebView web, String url) {
    return null;
  }

  public boolean shouldOverrideUrlLoading(WebView web, String url) {
    return false;
  }
}
