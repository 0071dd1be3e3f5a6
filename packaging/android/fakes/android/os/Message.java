package android.os;

public final class Message {
  public int what;
  public int arg1;
  public int arg2;
  public Object obj;
  Handler target;
  long when;

  public void sendToTarget() {
    target.send(this, 0);
  }
}
