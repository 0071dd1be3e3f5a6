package rehearsal;

import android.app.Activity;
import android.media.MediaPlayer;
import android.os.Handler;
import android.view.KeyEvent;
import android.view.SurfaceView;
import android.webkit.WebView;
import cn.fieldclassroom.tv.MainActivity;
import cn.fieldclassroom.tv.NativeHost;
import cn.fieldclassroom.tv.NativePlayer;

/** Takes the wrapper through its work, on an Android that only writes down what it is asked. */
public final class Rehearsal {
  private static final MainActivity activity = new MainActivity();
  private static NativePlayer player;

  private Rehearsal() {}

  public static void main(String[] arguments) {
    start();
    page();
    keys();
    host();
    lesson();
    jumps();
    away();
    faults();
    Trace.scene("The end");
    Activity.destroy(activity);
    Handler.pass(10_000);
  }

  private static void start() {
    Trace.scene("Start");
    Activity.create(activity);
    player = (NativePlayer) WebView.last.objects.get("NativePlayer");
  }

  private static void page() {
    Trace.scene("Files");
    String base = "http://192.168.1.2:8080/tv/";
    String[] names = {"", "?profile=android#home", "app.1.js", "settings.json", "a.woff2", "catalogue/catalogue.json", "b"};
    for (String name : names) serve(base + name);
    serve("http://192.168.1.2:8080/other.js");
    for (String address : new String[] {base + "#who", "http://elsewhere/"})
      Trace.say("leads away", address, WebView.last.client.shouldOverrideUrlLoading(WebView.last, address));
  }

  private static void serve(String address) {
    Trace.say("serves", address, WebView.last.client.shouldInterceptRequest(WebView.last, address));
  }

  private static void keys() {
    Trace.scene("Keys");
    for (int code = 0; code < 260; code++) press(code, 0);
    press(KeyEvent.KEYCODE_BACK, 1);
    press(KeyEvent.KEYCODE_DPAD_CENTER, 1);
    Trace.scene("Back where the page takes it, and where there is none");
    press(KeyEvent.KEYCODE_BACK, 0);
    WebView.last.waiting.onReceiveValue("1");
    WebView.last.waiting.onReceiveValue("0");
    WebView.last.waiting.onReceiveValue(null);
  }

  private static void press(int code, int action) {
    KeyEvent event = new KeyEvent(1, 2, action, code, 3);
    Trace.say("taken", code, activity.dispatchKeyEvent(event));
  }

  private static void host() {
    Trace.scene("Host");
    NativeHost host = (NativeHost) WebView.last.objects.get("NativeHost");
    Trace.say("info", host.info());
    host.keepScreenOn(true);
    host.keepScreenOn(false);
    host.exit();
    Trace.say("not before the screen's thread has its turn");
    Handler.pass(0);
    Trace.say("capabilities", player.capabilities());
  }

  private static void times() {
    Trace.say("position and duration", player.position(), player.duration());
  }

  private static void lesson() {
    Trace.scene("A lesson before there is a surface");
    player.load(1, "http://192.168.1.2:8080/a.m3u8", "hls", 0);
    player.play();
    Handler.pass(0);
    times();
    SurfaceView.last.watcher.surfaceCreated(SurfaceView.last);
    SurfaceView.last.watcher.surfaceChanged(SurfaceView.last, 0, 0, 0);
    MediaPlayer.last.hasShape(640, 480);
    Trace.scene("It was wanted already and plays when it is ready");
    MediaPlayer.last.isPrepared();
    times();
    MediaPlayer.last.runs(400);
    times();
    Handler.pass(200);
    times();
    for (int told : new int[] {3, 701, 702, 800}) MediaPlayer.last.tells(told);
    Trace.scene("A small picture, another shape, then the whole screen");
    player.setRect(640, 90, 480, 270);
    Handler.pass(0);
    MediaPlayer.last.hasShape(1920, 800);
    MediaPlayer.last.hasShape(720, 0);
    player.setRect(0, 0, 1280, 720);
    Handler.pass(0);
    Trace.scene("Faster, too fast, a rest, faster still on");
    for (float rate : new float[] {1.5f, 2f, 1.25f}) player.setRate(rate);
    player.pause();
    player.play();
    Handler.pass(0);
    Trace.scene("Its end");
    MediaPlayer.last.isOver();
    times();
    player.release();
    times();
    Handler.pass(1000);
  }

  private static void jumps() {
    Trace.scene("From the middle; the player stands until it is wanted");
    player.load(2, "http://192.168.1.2:8080/b.m3u8", "hls", 30_000);
    Handler.pass(0);
    MediaPlayer.last.isPrepared();
    times();
    MediaPlayer.last.hasSought();
    times();
    player.play();
    Handler.pass(0);
    Trace.scene("A jump; the place before it holds until it has arrived");
    player.seek(50_000);
    Handler.pass(1000);
    times();
    MediaPlayer.last.hasSought();
    MediaPlayer.last.hasSought();
    times();
    Trace.scene("A jump of which nobody tells that it has arrived");
    player.seek(10_000);
    Handler.pass(4999);
    times();
    Handler.pass(1);
    times();
    Trace.scene("Another lesson at once: the times of the first are not told, nor what becomes of it");
    MediaPlayer first = MediaPlayer.last;
    player.load(3, "http://192.168.1.2:8080/c.mp4", "file", 0);
    times();
    player.seek(7000);
    Handler.pass(0);
    first.isOver();
    first.hasSought();
    first.hasShape(1, 1);
    first.tells(701);
    first.fails(1, -1010);
    first.isPrepared();
    MediaPlayer.last.isPrepared();
    MediaPlayer.last.hasSought();
  }

  private static void away() {
    Trace.scene("Another app comes in front");
    player.play();
    Handler.pass(0);
    Activity.leave(activity);
    SurfaceView.last.watcher.surfaceDestroyed(SurfaceView.last);
    Handler.pass(1000);
    Trace.scene("Back again; the viewer plays on");
    SurfaceView.last.watcher.surfaceCreated(SurfaceView.last);
    Activity.comeBack(activity);
    player.play();
    Handler.pass(0);
    Trace.scene("A lesson gets ready behind another app: it plays once it is in front again");
    player.load(4, "http://192.168.1.2:8080/d.m3u8", "hls", 0);
    player.play();
    Handler.pass(0);
    Activity.leave(activity);
    MediaPlayer.last.isPrepared();
    Activity.comeBack(activity);
  }

  private static void faults() {
    int[] told = {-1010, -1007, -110, -1004, -1000, -1005, -999, -1006, Integer.MIN_VALUE};
    for (int extra : told) fault(extra, false);
    for (int extra : told) fault(extra, true);
    Trace.scene("An address it does not take");
    player.load(5, "rtmp://192.168.1.2/a \"quoted\" address", "file", 0);
    Handler.pass(0);
    times();
  }

  private static void fault(int extra, boolean ready) {
    Trace.scene("Fault " + extra + (ready ? " of a ready lesson" : " while it is opened"));
    player.load(5, "http://192.168.1.2:8080/e.m3u8", "hls", 0);
    Handler.pass(0);
    if (ready) MediaPlayer.last.isPrepared();
    MediaPlayer.last.fails(100, extra);
    player.play();
    player.pause();
    player.setRate(1.5f);
    Handler.pass(0);
    times();
  }
}
