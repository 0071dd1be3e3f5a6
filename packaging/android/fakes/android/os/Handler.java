package android.os;

import java.util.ArrayList;
import java.util.List;

/** All of them share one queue, which stands until a scene lets time go by. */
public class Handler {
  public interface Callback {
    boolean handleMessage(Message message);
  }

  private static final List<Message> queue = new ArrayList<>();
  private static long now;

  private final Callback callback;

  public Handler(Looper looper, Callback callback) {
    this.callback = callback;
  }

  public final Message obtainMessage(int what, Object obj) {
    return obtainMessage(what, 0, 0, obj);
  }

  public final Message obtainMessage(int what, int arg1, int arg2) {
    return obtainMessage(what, arg1, arg2, null);
  }

  public final Message obtainMessage(int what, int arg1, int arg2, Object obj) {
    Message message = new Message();
    message.target = this;
    message.what = what;
    message.arg1 = arg1;
    message.arg2 = arg2;
    message.obj = obj;
    return message;
  }

  public final boolean sendEmptyMessage(int what) {
    return sendEmptyMessageDelayed(what, 0);
  }

  public final boolean sendEmptyMessageDelayed(int what, long milliseconds) {
    send(obtainMessage(what, null), milliseconds);
    return true;
  }

  public final void removeMessages(int what) {
    queue.removeIf(message -> message.target == this && message.what == what);
  }

  public final void removeCallbacksAndMessages(Object token) {
    queue.removeIf(message -> message.target == this);
  }

  void send(Message message, long milliseconds) {
    message.when = now + milliseconds;
    queue.add(message);
  }

  /** Lets so much time go by. */
  public static void pass(long milliseconds) {
    long end = now + milliseconds;
    while (true) {
      Message next = null;
      for (Message message : queue)
        if (message.when <= end && (next == null || message.when < next.when)) next = message;
      if (next == null) break;
      queue.remove(next);
      now = next.when;
      next.target.callback.handleMessage(next);
    }
    now = end;
  }
}
