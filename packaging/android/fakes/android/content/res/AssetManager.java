package android.content.res;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import rehearsal.Trace;

/** Holds the files that the scenes ask for. */
public final class AssetManager {
  private static final String SETTINGS = "{\"device\":{\"service\":\"http://192.168.1.2:8080/tv\"}}";

  public InputStream open(String name) throws IOException {
    if (name.equals("app/settings.json")) return new ByteArrayInputStream(SETTINGS.getBytes("UTF-8"));
    if (name.startsWith("app/catalogue")) throw new FileNotFoundException(name);
    Trace.say("asset", name);
    return new ByteArrayInputStream(new byte[0]);
  }
}
