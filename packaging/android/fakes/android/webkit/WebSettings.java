package android.webkit;

import rehearsal.Trace;

public class WebSettings {
  public void setAllowFileAccess(boolean on) {
    Trace.say("WebSettings.setAllowFileAccess", on);
  }

  public void setDatabaseEnabled(boolean on) {
    Trace.say("WebSettings.setDatabaseEnabled", on);
  }

  public void setDomStorageEnabled(boolean on) {
    Trace.say("WebSettings.setDomStorageEnabled", on);
  }

  public void setJavaScriptEnabled(boolean on) {
    Trace.say("WebSettings.setJavaScriptEnabled", on);
  }

  public void setLoadWithOverviewMode(boolean on) {
    Trace.say("WebSettings.setLoadWithOverviewMode", on);
  }

  public void setMediaPlaybackRequiresUserGesture(boolean on) {
    Trace.say("WebSettings.setMediaPlaybackRequiresUserGesture", on);
  }

  public void setUseWideViewPort(boolean on) {
    Trace.say("WebSettings.setUseWideViewPort", on);
  }
}
