package android.view;

public class KeyEvent {
  public static final int ACTION_UP = 1;
  public static final int KEYCODE_BACK = 4;
  public static final int KEYCODE_CHANNEL_DOWN = 167;
  public static final int KEYCODE_CHANNEL_UP = 166;
  public static final int KEYCODE_DPAD_CENTER = 23;
  public static final int KEYCODE_ENTER = 66;
  public static final int KEYCODE_INFO = 165;
  public static final int KEYCODE_MEDIA_FAST_FORWARD = 90;
  public static final int KEYCODE_MEDIA_NEXT = 87;
  public static final int KEYCODE_MEDIA_PAUSE = 127;
  public static final int KEYCODE_MEDIA_PLAY = 126;
  public static final int KEYCODE_MEDIA_PLAY_PAUSE = 85;
  public static final int KEYCODE_MEDIA_PREVIOUS = 88;
  public static final int KEYCODE_MEDIA_REWIND = 89;
  public static final int KEYCODE_MEDIA_STOP = 86;
  public static final int KEYCODE_MENU = 82;
  public static final int KEYCODE_PROG_BLUE = 186;
  public static final int KEYCODE_PROG_GREEN = 184;
  public static final int KEYCODE_PROG_RED = 183;
  public static final int KEYCODE_PROG_YELLOW = 185;

  private final int action;
  private final int code;
  private final int repeat;
  private final long downTime;
  private final long eventTime;

  public KeyEvent(long downTime, long eventTime, int action, int code, int repeat) {
    this.downTime = downTime;
    this.eventTime = eventTime;
    this.action = action;
    this.code = code;
    this.repeat = repeat;
  }

  public final int getAction() {
    return action;
  }

  public final int getKeyCode() {
    return code;
  }

  public final int getRepeatCount() {
    return repeat;
  }

  public final long getDownTime() {
    return downTime;
  }

  public final long getEventTime() {
    return eventTime;
  }
}
