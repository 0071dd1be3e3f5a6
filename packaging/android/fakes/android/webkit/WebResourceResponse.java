package android.webkit;

public class WebResourceResponse {
  private final String type;

  public WebResourceResponse(String type, String encoding, java.io.InputStream data) {
    this.type = type + " " + encoding;
  }

  @Override
  public String toString() {
    return type;
  }
}
