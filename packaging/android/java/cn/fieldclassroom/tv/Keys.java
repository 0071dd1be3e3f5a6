package cn.fieldclassroom.tv;

import android.view.KeyEvent;

/** What a remote's keys are to the page: the codes of `device.keyProfiles` in settings.json, base and android. */
final class Keys {
  private Keys() {}

  /** The code for `__nativeKey`, or 0 for a key that the WebView hands over by itself. */
  static int codeOf(int key) {
    switch (key) {
      case KeyEvent.KEYCODE_BACK:
        return 166;
      case KeyEvent.KEYCODE_MENU:
        return 18;
      case KeyEvent.KEYCODE_MEDIA_PLAY_PAUSE:
        return 179;
      case KeyEvent.KEYCODE_MEDIA_STOP:
        return 178;
      case KeyEvent.KEYCODE_MEDIA_NEXT:
        return 176;
      case KeyEvent.KEYCODE_MEDIA_PREVIOUS:
        return 177;
      case KeyEvent.KEYCODE_MEDIA_REWIND:
        return 227;
      case KeyEvent.KEYCODE_MEDIA_FAST_FORWARD:
        return 228;
      case KeyEvent.KEYCODE_MEDIA_PLAY:
        return 415;
      case KeyEvent.KEYCODE_MEDIA_PAUSE:
        return 19;
      case KeyEvent.KEYCODE_INFO:
        return 457;
      case KeyEvent.KEYCODE_CHANNEL_UP:
        return 427;
      case KeyEvent.KEYCODE_CHANNEL_DOWN:
        return 428;
      case KeyEvent.KEYCODE_PROG_RED:
        return 403;
      case KeyEvent.KEYCODE_PROG_GREEN:
        return 404;
      case KeyEvent.KEYCODE_PROG_YELLOW:
        return 405;
      case KeyEvent.KEYCODE_PROG_BLUE:
        return 406;
      default:
        return 0;
    }
  }

  /** OK of a remote as the Enter of a keyboard, which every WebView knows. */
  static KeyEvent known(KeyEvent event) {
    if (event.getKeyCode() != KeyEvent.KEYCODE_DPAD_CENTER) return event;
    return new KeyEvent(
        event.getDownTime(),
        event.getEventTime(),
        event.getAction(),
        KeyEvent.KEYCODE_ENTER,
        event.getRepeatCount());
  }
}
