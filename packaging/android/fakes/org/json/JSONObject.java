package org.json;

/** As much of it as the wrapper uses. */
public class JSONObject {
  private String text = "";

  public JSONObject() {}

  public JSONObject(String text) throws JSONException {
    this.text = text;
  }

  public JSONObject getJSONObject(String name) throws JSONException {
    return new JSONObject(text.substring(text.indexOf(quote(name) + ":") + name.length() + 3));
  }

  public String getString(String name) throws JSONException {
    return getJSONObject(name).text.split("\"")[1];
  }

  public JSONObject put(String name, Object value) throws JSONException {
    text += (text.isEmpty() ? "" : ",") + quote(name) + ":" + quote(String.valueOf(value));
    return this;
  }

  public static String quote(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  @Override
  public String toString() {
    return "{" + text + "}";
  }
}
