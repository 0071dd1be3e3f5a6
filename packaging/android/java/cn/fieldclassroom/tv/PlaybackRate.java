package cn.fieldclassroom.tv;

import android.media.MediaPlayer;
import android.media.PlaybackParams;
import android.os.Build;

/** Apart from the player: Android 4.4 and 5 have no PlaybackParams, and must not meet it in a class they load. */
final class PlaybackRate {
  private PlaybackRate() {}

  static boolean known() {
    return Build.VERSION.SDK_INT >= 23;
  }

  /** Sets the speed of one that plays: on one that stands it would begin to play. */
  static void set(MediaPlayer player, float rate) {
    try {
      player.setPlaybackParams(new PlaybackParams().setSpeed(rate));
    } catch (RuntimeException e) {
      // A player of some boxes refuses a speed; the lesson goes on at the one it has.
    }
  }
}
