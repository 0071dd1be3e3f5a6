package android.media;

import rehearsal.Trace;

/** As strict about its states as Android's own: a call at the wrong time throws. */
public class MediaPlayer {
  public static final int MEDIA_ERROR_MALFORMED = -1007;
  public static final int MEDIA_ERROR_TIMED_OUT = -110;
  public static final int MEDIA_ERROR_UNSUPPORTED = -1010;
  public static final int MEDIA_INFO_BUFFERING_END = 702;
  public static final int MEDIA_INFO_BUFFERING_START = 701;
  public static final int MEDIA_INFO_VIDEO_RENDERING_START = 3;

  public interface OnCompletionListener {
    void onCompletion(MediaPlayer from);
  }

  public interface OnErrorListener {
    boolean onError(MediaPlayer from, int what, int extra);
  }

  public interface OnInfoListener {
    boolean onInfo(MediaPlayer from, int what, int extra);
  }

  public interface OnPreparedListener {
    void onPrepared(MediaPlayer from);
  }

  public interface OnSeekCompleteListener {
    void onSeekComplete(MediaPlayer from);
  }

  public interface OnVideoSizeChangedListener {
    void onVideoSizeChanged(MediaPlayer from, int width, int height);
  }

  /** The one made last. */
  public static MediaPlayer last;

  private static final String READY = "prepared started paused completed";

  private String state = "idle";
  private int at;
  private OnCompletionListener completion;
  private OnErrorListener error;
  private OnInfoListener info;
  private OnPreparedListener prepared;
  private OnSeekCompleteListener seekComplete;
  private OnVideoSizeChangedListener videoSizeChanged;

  public MediaPlayer() {
    last = this;
  }

  public void setOnCompletionListener(OnCompletionListener listener) {
    completion = listener;
  }

  public void setOnErrorListener(OnErrorListener listener) {
    error = listener;
  }

  public void setOnInfoListener(OnInfoListener listener) {
    info = listener;
  }

  public void setOnPreparedListener(OnPreparedListener listener) {
    prepared = listener;
  }

  public void setOnSeekCompleteListener(OnSeekCompleteListener listener) {
    seekComplete = listener;
  }

  public void setOnVideoSizeChangedListener(OnVideoSizeChangedListener listener) {
    videoSizeChanged = listener;
  }

  public void setAudioStreamType(int type) {
    in("idle", "setAudioStreamType", type);
  }

  public void setDisplay(android.view.SurfaceHolder holder) {
    in("idle initialized preparing " + READY, "setDisplay", holder != null);
  }

  public void setDataSource(String address) throws java.io.IOException {
    in("idle", "setDataSource", address);
    if (address.startsWith("rtmp")) throw new java.io.IOException("no such protocol");
    state = "initialized";
  }

  public void prepareAsync() {
    in("initialized", "prepareAsync");
    state = "preparing";
  }

  public void start() {
    in(READY, "start");
    state = "started";
  }

  public void pause() {
    in("started paused completed", "pause");
    state = "paused";
  }

  public void seekTo(int milliseconds) {
    in(READY, "seekTo", milliseconds);
    at = milliseconds;
  }

  public boolean isPlaying() {
    in("idle initialized preparing " + READY, null);
    return state.equals("started");
  }

  public int getCurrentPosition() {
    in("idle initialized preparing " + READY, null);
    return at;
  }

  public int getDuration() {
    in(READY, null);
    return 60_000;
  }

  public void release() {
    in("idle initialized preparing error " + READY, "release");
    state = "released";
  }

  public void setPlaybackParams(PlaybackParams params) {
    in("started", "setPlaybackParams", params.speed);
    if (params.speed > 1.9f) throw new IllegalArgumentException("too fast");
  }

  private void in(String allowed, String call, Object... with) {
    if (!(" " + allowed + " ").contains(" " + state + " ")) throw new IllegalStateException(call + " while " + state);
    if (call != null) Trace.say("MediaPlayer." + call, with);
  }

  // What happens to it, by the scenes.

  public void isPrepared() {
    state = "prepared";
    prepared.onPrepared(this);
  }

  public void hasSought() {
    seekComplete.onSeekComplete(this);
  }

  public void hasShape(int width, int height) {
    videoSizeChanged.onVideoSizeChanged(this, width, height);
  }

  public void tells(int what) {
    info.onInfo(this, what, 0);
  }

  public void fails(int what, int extra) {
    state = "error";
    if (!error.onError(this, what, extra)) completion.onCompletion(this);
  }

  public void isOver() {
    state = "completed";
    at = getDuration();
    completion.onCompletion(this);
  }

  public void runs(int milliseconds) {
    at += milliseconds;
  }
}
