package android.media;

public final class PlaybackParams {
  float speed;

  public PlaybackParams setSpeed(float speed) {
    this.speed = speed;
    return this;
  }
}
