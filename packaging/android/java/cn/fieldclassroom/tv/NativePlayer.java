package cn.fieldclassroom.tv;

import android.media.AudioManager;
import android.media.MediaPlayer;
import android.os.Handler;
import android.os.Looper;
import android.os.Message;
import android.view.Gravity;
import android.view.SurfaceHolder;
import android.view.SurfaceView;
import android.view.View;
import android.webkit.JavascriptInterface;
import android.webkit.WebView;
import android.widget.FrameLayout;
import java.io.IOException;
import org.json.JSONObject;

/** `window.NativePlayer` of the page: see bridge-contract.ts. The page calls on a thread of its own. */
public final class NativePlayer
    implements Handler.Callback,
        SurfaceHolder.Callback,
        MediaPlayer.OnPreparedListener,
        MediaPlayer.OnSeekCompleteListener,
        MediaPlayer.OnInfoListener,
        MediaPlayer.OnVideoSizeChangedListener,
        MediaPlayer.OnCompletionListener,
        MediaPlayer.OnErrorListener {
  private static final int LOAD = 1;
  private static final int PLAY = 2;
  private static final int PAUSE = 3;
  private static final int SEEK = 4;
  private static final int RATE = 5;
  private static final int RECT = 6;
  private static final int RELEASE = 7;
  private static final int LOOK = 8;
  private static final int SEEK_LATE = 9;

  /** How often the position is read, in milliseconds. */
  private static final int LOOK_MS = 200;
  /** Some players never say that a jump has arrived; after so many milliseconds it is taken to have. */
  private static final int SEEK_LATE_MS = 5000;

  private final SurfaceView surface;
  private final WebView web;
  private final Handler handler;

  // What both threads see: times are told only while the lesson asked for is the one that is ready.
  private volatile int asked;
  private volatile int readyId;
  private volatile int position;
  private volatile int duration;

  // The UI thread's alone.
  private MediaPlayer player;
  private int id;
  private String url;
  private int startAt;
  private float rate;
  private boolean surfaceThere;
  private boolean ready;
  private boolean wanted;
  private boolean seeking;
  private boolean away;
  private int[] rect;
  private int pictureWidth;
  private int pictureHeight;

  NativePlayer(SurfaceView surface, WebView web) {
    this.surface = surface;
    this.web = web;
    handler = new Handler(Looper.getMainLooper(), this);
    surface.setVisibility(View.INVISIBLE);
    surface.getHolder().addCallback(this);
  }

  @JavascriptInterface
  public void load(int id, String url, String kind, int startAtMs) {
    asked = id;
    handler.obtainMessage(LOAD, id, startAtMs, url).sendToTarget();
  }

  @JavascriptInterface
  public void play() {
    handler.sendEmptyMessage(PLAY);
  }

  @JavascriptInterface
  public void pause() {
    handler.sendEmptyMessage(PAUSE);
  }

  @JavascriptInterface
  public void seek(int positionMs) {
    handler.obtainMessage(SEEK, positionMs, 0).sendToTarget();
  }

  @JavascriptInterface
  public void setRate(float rate) {
    handler.obtainMessage(RATE, Float.valueOf(rate)).sendToTarget();
  }

  @JavascriptInterface
  public void setRect(int x, int y, int width, int height) {
    handler.obtainMessage(RECT, new int[] {x, y, width, height}).sendToTarget();
  }

  @JavascriptInterface
  public String position() {
    return known(position);
  }

  @JavascriptInterface
  public String duration() {
    return known(duration);
  }

  @JavascriptInterface
  public String capabilities() {
    return PlaybackRate.known() ? "{\"rate\":true,\"rect\":true}" : "{\"rate\":false,\"rect\":true}";
  }

  @JavascriptInterface
  public void release() {
    asked = 0;
    handler.sendEmptyMessage(RELEASE);
  }

  private String known(int milliseconds) {
    return asked != 0 && asked == readyId && milliseconds >= 0 ? String.valueOf(milliseconds) : "";
  }

  @Override
  public boolean handleMessage(Message message) {
    switch (message.what) {
      case LOAD:
        open(message.arg1, (String) message.obj, message.arg2);
        break;
      case PLAY:
        wanted = true;
        start();
        break;
      case PAUSE:
        stand();
        break;
      case SEEK:
        jump(message.arg1);
        break;
      case RATE:
        rate = ((Float) message.obj).floatValue();
        if (ready && player.isPlaying()) PlaybackRate.set(player, rate);
        break;
      case RECT:
        rect = (int[]) message.obj;
        place();
        break;
      case RELEASE:
        shut();
        surface.setVisibility(View.INVISIBLE);
        break;
      case LOOK:
        look();
        break;
      default:
        arrive();
    }
    return true;
  }

  private void open(int newId, String address, int startAtMs) {
    shut();
    id = newId;
    url = address;
    startAt = startAtMs;
    rate = 1;
    surface.setVisibility(View.VISIBLE);
    if (surfaceThere) prepare();
  }

  /** Not before there is a surface: without one some players leave the picture out. */
  private void prepare() {
    player = new MediaPlayer();
    player.setOnPreparedListener(this);
    player.setOnSeekCompleteListener(this);
    player.setOnInfoListener(this);
    player.setOnVideoSizeChangedListener(this);
    player.setOnCompletionListener(this);
    player.setOnErrorListener(this);
    player.setAudioStreamType(AudioManager.STREAM_MUSIC);
    try {
      player.setDisplay(surface.getHolder());
      player.setDataSource(url);
      player.prepareAsync();
    } catch (IOException | RuntimeException e) {
      fail("network", e.toString());
    }
  }

  @Override
  public void onPrepared(MediaPlayer from) {
    if (from != player) return;
    // Listeners are called on the UI thread, where the player was made.
    duration = player.getDuration();
    if (startAt > 0) goTo(startAt);
    else arrive();
  }

  private void jump(int to) {
    if (ready) goTo(to);
    else startAt = to;
  }

  private void goTo(int to) {
    handler.removeMessages(SEEK_LATE);
    seeking = true;
    player.seekTo(to);
    handler.sendEmptyMessageDelayed(SEEK_LATE, SEEK_LATE_MS);
  }

  @Override
  public void onSeekComplete(MediaPlayer from) {
    if (from == player && seeking) arrive();
  }

  /** It stands where it was to be: at the beginning or after a jump. */
  private void arrive() {
    handler.removeMessages(SEEK_LATE);
    seeking = false;
    position = player.getCurrentPosition();
    if (ready) tell("seeked");
    else {
      ready = true;
      readyId = id;
      tell("ready");
    }
    if (wanted) start();
  }

  private void start() {
    if (!ready || seeking || away) return;
    player.start();
    if (rate != 1) PlaybackRate.set(player, rate);
    handler.removeMessages(LOOK);
    look();
  }

  private void stand() {
    wanted = false;
    handler.removeMessages(LOOK);
    if (ready && player.isPlaying()) player.pause();
  }

  /** Until a jump has arrived the place before it holds. */
  private void look() {
    if (!ready || !wanted) return;
    if (!seeking) position = player.getCurrentPosition();
    handler.sendEmptyMessageDelayed(LOOK, LOOK_MS);
  }

  @Override
  public boolean onInfo(MediaPlayer from, int what, int extra) {
    if (from != player) return true;
    if (what == MediaPlayer.MEDIA_INFO_BUFFERING_START) tell("buffering");
    if (what == MediaPlayer.MEDIA_INFO_BUFFERING_END) tell("playing");
    if (what == MediaPlayer.MEDIA_INFO_VIDEO_RENDERING_START) tell("playing");
    return true;
  }

  @Override
  public void onVideoSizeChanged(MediaPlayer from, int width, int height) {
    if (from != player) return;
    pictureWidth = width;
    pictureHeight = height;
    place();
  }

  @Override
  public void onCompletion(MediaPlayer from) {
    if (from != player) return;
    handler.removeMessages(LOOK);
    position = player.getCurrentPosition();
    tell("ended");
  }

  @Override
  public boolean onError(MediaPlayer from, int what, int extra) {
    if (from == player) fail(codeOf(extra), what + "/" + extra);
    return true;
  }

  /** What cannot be told apart is the network's before the lesson was ready, and the decoder's after. */
  private String codeOf(int extra) {
    if (extra == MediaPlayer.MEDIA_ERROR_UNSUPPORTED) return "unsupported";
    if (extra == MediaPlayer.MEDIA_ERROR_MALFORMED) return "decode";
    if (extra == MediaPlayer.MEDIA_ERROR_TIMED_OUT) return "network";
    // From ERROR_CONNECTION_LOST to ERROR_ALREADY_CONNECTED of Android's media errors; MEDIA_ERROR_IO is one.
    if (extra >= -1005 && extra <= -1000) return "network";
    return ready ? "decode" : "network";
  }

  private void fail(String code, String detail) {
    shut();
    say(
        "{\"id\":" + id + ",\"type\":\"error\",\"code\":\"" + code + "\",\"detail\":"
            + JSONObject.quote(detail) + ",\"fatal\":true}");
  }

  private void tell(String type) {
    say("{\"id\":" + id + ",\"type\":\"" + type + "\"}");
  }

  private void say(String event) {
    web.evaluateJavascript(
        "window.__nativePlayerEvent&&__nativePlayerEvent(" + JSONObject.quote(event) + ")", null);
  }

  private void shut() {
    handler.removeMessages(LOOK);
    handler.removeMessages(SEEK_LATE);
    readyId = 0;
    ready = false;
    wanted = false;
    seeking = false;
    url = null;
    pictureWidth = 0;
    if (player == null) return;
    player.release();
    player = null;
  }

  /** The largest place in the rectangle that has the picture's own shape. */
  private void place() {
    int[] area = rect == null ? new int[] {0, 0, 1280, 720} : rect;
    float unit = ((View) surface.getParent()).getWidth() / 1280f;
    float width = area[2] * unit;
    float height = area[3] * unit;
    if (pictureWidth > 0 && pictureHeight > 0) {
      width = Math.min(width, height * pictureWidth / pictureHeight);
      height = width * pictureHeight / pictureWidth;
    }
    FrameLayout.LayoutParams params =
        new FrameLayout.LayoutParams(Math.round(width), Math.round(height), Gravity.TOP | Gravity.LEFT);
    params.leftMargin = Math.round(area[0] * unit + (area[2] * unit - width) / 2);
    params.topMargin = Math.round(area[1] * unit + (area[3] * unit - height) / 2);
    surface.setLayoutParams(params);
  }

  @Override
  public void surfaceCreated(SurfaceHolder holder) {
    surfaceThere = true;
    if (player != null) player.setDisplay(holder);
    else if (url != null) prepare();
  }

  @Override
  public void surfaceChanged(SurfaceHolder holder, int format, int width, int height) {}

  @Override
  public void surfaceDestroyed(SurfaceHolder holder) {
    surfaceThere = false;
    if (player != null) player.setDisplay(null);
  }

  /** Another app is in front, or the box sleeps: the lesson stands, and the page is told. */
  void goAway() {
    away = true;
    if (!ready || !player.isPlaying()) return;
    stand();
    tell("paused");
  }

  void comeBack() {
    away = false;
    if (wanted) start();
  }

  void destroy() {
    shut();
    handler.removeCallbacksAndMessages(null);
  }
}
