.class final Lcn/fieldclassroom/tv/PlaybackRate;
.super Ljava/lang/Object;
.source "PlaybackRate.java"

.method private constructor <init>()V
    .locals 0

    invoke-direct {p0}, Ljava/lang/Object;-><init>()V

    return-void
.end method

.method static known()Z
    .locals 2

    sget v0, Landroid/os/Build$VERSION;->SDK_INT:I
    const/16 v1, 23
    if-lt v0, v1, :old
    const/4 v0, 0x1
    return v0

    :old
    const/4 v0, 0x0
    return v0
.end method

.method static set(Landroid/media/MediaPlayer;F)V
    .locals 1

    :try_start
    new-instance v0, Landroid/media/PlaybackParams;
    invoke-direct {v0}, Landroid/media/PlaybackParams;-><init>()V
    invoke-virtual {v0, p1}, Landroid/media/PlaybackParams;->setSpeed(F)Landroid/media/PlaybackParams;
    move-result-object v0
    invoke-virtual {p0, v0}, Landroid/media/MediaPlayer;->setPlaybackParams(Landroid/media/PlaybackParams;)V
    :try_end
    .catch Ljava/lang/RuntimeException; {:try_start .. :try_end} :refused
    return-void

    :refused
    move-exception v0
    return-void
.end method
