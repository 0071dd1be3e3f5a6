.class final Lcn/fieldclassroom/tv/Keys;
.super Ljava/lang/Object;
.source "Keys.java"

.method private constructor <init>()V
    .locals 0

    invoke-direct {p0}, Ljava/lang/Object;-><init>()V

    return-void
.end method

.method static codeOf(I)I
    .locals 1

    sparse-switch p0, :codes

    const/4 v0, 0x0
    return v0

    :back
    const/16 v0, 166
    return v0

    :menu
    const/16 v0, 18
    return v0

    :play_pause
    const/16 v0, 179
    return v0

    :stop
    const/16 v0, 178
    return v0

    :next
    const/16 v0, 176
    return v0

    :previous
    const/16 v0, 177
    return v0

    :rewind
    const/16 v0, 227
    return v0

    :fast_forward
    const/16 v0, 228
    return v0

    :play
    const/16 v0, 415
    return v0

    :pause
    const/16 v0, 19
    return v0

    :info
    const/16 v0, 457
    return v0

    :channel_up
    const/16 v0, 427
    return v0

    :channel_down
    const/16 v0, 428
    return v0

    :red
    const/16 v0, 403
    return v0

    :green
    const/16 v0, 404
    return v0

    :yellow
    const/16 v0, 405
    return v0

    :blue
    const/16 v0, 406
    return v0

    :codes
    .sparse-switch
        4 -> :back
        82 -> :menu
        85 -> :play_pause
        86 -> :stop
        87 -> :next
        88 -> :previous
        89 -> :rewind
        90 -> :fast_forward
        126 -> :play
        127 -> :pause
        165 -> :info
        166 -> :channel_up
        167 -> :channel_down
        183 -> :red
        184 -> :green
        185 -> :yellow
        186 -> :blue
    .end sparse-switch
.end method

.method static known(Landroid/view/KeyEvent;)Landroid/view/KeyEvent;
    .locals 8

    invoke-virtual {p0}, Landroid/view/KeyEvent;->getKeyCode()I
    move-result v0
    const/16 v1, 23
    if-eq v0, v1, :ok
    return-object p0

    :ok
    new-instance v0, Landroid/view/KeyEvent;
    invoke-virtual {p0}, Landroid/view/KeyEvent;->getDownTime()J
    move-result-wide v1
    invoke-virtual {p0}, Landroid/view/KeyEvent;->getEventTime()J
    move-result-wide v3
    invoke-virtual {p0}, Landroid/view/KeyEvent;->getAction()I
    move-result v5
    const/16 v6, 66
    invoke-virtual {p0}, Landroid/view/KeyEvent;->getRepeatCount()I
    move-result v7
    invoke-direct/range {v0 .. v7}, Landroid/view/KeyEvent;-><init>(JJIII)V
    return-object v0
.end method
