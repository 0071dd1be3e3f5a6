.class public final Lcn/fieldclassroom/tv/NativePlayer;
.super Ljava/lang/Object;
.source "NativePlayer.java"

.implements Landroid/os/Handler$Callback;
.implements Landroid/view/SurfaceHolder$Callback;
.implements Landroid/media/MediaPlayer$OnPreparedListener;
.implements Landroid/media/MediaPlayer$OnSeekCompleteListener;
.implements Landroid/media/MediaPlayer$OnInfoListener;
.implements Landroid/media/MediaPlayer$OnVideoSizeChangedListener;
.implements Landroid/media/MediaPlayer$OnCompletionListener;
.implements Landroid/media/MediaPlayer$OnErrorListener;

# Messages of the handler: 1 load, 2 play, 3 pause, 4 seek, 5 rate, 6 rect, 7 release, 8 look, 9 seek late.

.field private volatile asked:I

.field private away:Z

.field private volatile duration:I

.field private final handler:Landroid/os/Handler;

.field private id:I

.field private pictureHeight:I

.field private pictureWidth:I

.field private player:Landroid/media/MediaPlayer;

.field private volatile position:I

.field private rate:F

.field private ready:Z

.field private volatile readyId:I

.field private rect:[I

.field private seeking:Z

.field private startAt:I

.field private final surface:Landroid/view/SurfaceView;

.field private surfaceThere:Z

.field private url:Ljava/lang/String;

.field private wanted:Z

.field private final web:Landroid/webkit/WebView;

.method constructor <init>(Landroid/view/SurfaceView;Landroid/webkit/WebView;)V
    .locals 2

    invoke-direct {p0}, Ljava/lang/Object;-><init>()V
    iput-object p1, p0, Lcn/fieldclassroom/tv/NativePlayer;->surface:Landroid/view/SurfaceView;
    iput-object p2, p0, Lcn/fieldclassroom/tv/NativePlayer;->web:Landroid/webkit/WebView;
    new-instance v0, Landroid/os/Handler;
    invoke-static {}, Landroid/os/Looper;->getMainLooper()Landroid/os/Looper;
    move-result-object v1
    invoke-direct {v0, v1, p0}, Landroid/os/Handler;-><init>(Landroid/os/Looper;Landroid/os/Handler$Callback;)V
    iput-object v0, p0, Lcn/fieldclassroom/tv/NativePlayer;->handler:Landroid/os/Handler;
    const/4 v0, 0x4
    invoke-virtual {p1, v0}, Landroid/view/SurfaceView;->setVisibility(I)V
    invoke-virtual {p1}, Landroid/view/SurfaceView;->getHolder()Landroid/view/SurfaceHolder;
    move-result-object v0
    invoke-interface {v0, p0}, Landroid/view/SurfaceHolder;->addCallback(Landroid/view/SurfaceHolder$Callback;)V

    return-void
.end method

.method public load(ILjava/lang/String;Ljava/lang/String;I)V
    .locals 2
    .annotation runtime Landroid/webkit/JavascriptInterface;
    .end annotation

    iput p1, p0, Lcn/fieldclassroom/tv/NativePlayer;->asked:I
    iget-object v0, p0, Lcn/fieldclassroom/tv/NativePlayer;->handler:Landroid/os/Handler;
    const/4 v1, 0x1
    invoke-virtual {v0, v1, p1, p4, p2}, Landroid/os/Handler;->obtainMessage(IIILjava/lang/Object;)Landroid/os/Message;
    move-result-object v0
    invoke-virtual {v0}, Landroid/os/Message;->sendToTarget()V

    return-void
.end method

.method public play()V
    .locals 2
    .annotation runtime Landroid/webkit/JavascriptInterface;
    .end annotation

    iget-object v0, p0, Lcn/fieldclassroom/tv/NativePlayer;->handler:Landroid/os/Handler;
    const/4 v1, 2
    invoke-virtual {v0, v1}, Landroid/os/Handler;->sendEmptyMessage(I)Z

    return-void
.end method

.method public pause()V
    .locals 2
    .annotation runtime Landroid/webkit/JavascriptInterface;
    .end annotation

    iget-object v0, p0, Lcn/fieldclassroom/tv/NativePlayer;->handler:Landroid/os/Handler;
    const/4 v1, 3
    invoke-virtual {v0, v1}, Landroid/os/Handler;->sendEmptyMessage(I)Z

    return-void
.end method

.method public seek(I)V
    .locals 3
    .annotation runtime Landroid/webkit/JavascriptInterface;
    .end annotation

    iget-object v0, p0, Lcn/fieldclassroom/tv/NativePlayer;->handler:Landroid/os/Handler;
    const/4 v1, 0x4
    const/4 v2, 0x0
    invoke-virtual {v0, v1, p1, v2}, Landroid/os/Handler;->obtainMessage(III)Landroid/os/Message;
    move-result-object v0
    invoke-virtual {v0}, Landroid/os/Message;->sendToTarget()V

    return-void
.end method

.method public setRate(F)V
    .locals 3
    .annotation runtime Landroid/webkit/JavascriptInterface;
    .end annotation

    iget-object v0, p0, Lcn/fieldclassroom/tv/NativePlayer;->handler:Landroid/os/Handler;
    const/4 v1, 0x5
    invoke-static {p1}, Ljava/lang/Float;->valueOf(F)Ljava/lang/Float;
    move-result-object v2
    invoke-virtual {v0, v1, v2}, Landroid/os/Handler;->obtainMessage(ILjava/lang/Object;)Landroid/os/Message;
    move-result-object v0
    invoke-virtual {v0}, Landroid/os/Message;->sendToTarget()V

    return-void
.end method

.method public setRect(IIII)V
    .locals 4
    .annotation runtime Landroid/webkit/JavascriptInterface;
    .end annotation

    iget-object v0, p0, Lcn/fieldclassroom/tv/NativePlayer;->handler:Landroid/os/Handler;
    const/4 v1, 0x6
    const/4 v3, 0x4
    new-array v2, v3, [I
    const/4 v3, 0x0
    aput p1, v2, v3
    const/4 v3, 0x1
    aput p2, v2, v3
    const/4 v3, 0x2
    aput p3, v2, v3
    const/4 v3, 0x3
    aput p4, v2, v3
    invoke-virtual {v0, v1, v2}, Landroid/os/Handler;->obtainMessage(ILjava/lang/Object;)Landroid/os/Message;
    move-result-object v0
    invoke-virtual {v0}, Landroid/os/Message;->sendToTarget()V

    return-void
.end method

.method public position()Ljava/lang/String;
    .locals 1
    .annotation runtime Landroid/webkit/JavascriptInterface;
    .end annotation

    iget v0, p0, Lcn/fieldclassroom/tv/NativePlayer;->position:I
    invoke-direct {p0, v0}, Lcn/fieldclassroom/tv/NativePlayer;->known(I)Ljava/lang/String;
    move-result-object v0
    return-object v0
.end method

.method public duration()Ljava/lang/String;
    .locals 1
    .annotation runtime Landroid/webkit/JavascriptInterface;
    .end annotation

    iget v0, p0, Lcn/fieldclassroom/tv/NativePlayer;->duration:I
    invoke-direct {p0, v0}, Lcn/fieldclassroom/tv/NativePlayer;->known(I)Ljava/lang/String;
    move-result-object v0
    return-object v0
.end method

.method public capabilities()Ljava/lang/String;
    .locals 1
    .annotation runtime Landroid/webkit/JavascriptInterface;
    .end annotation

    invoke-static {}, Lcn/fieldclassroom/tv/PlaybackRate;->known()Z
    move-result v0
    if-eqz v0, :old
    const-string v0, "{\"rate\":true,\"rect\":true}"
    return-object v0

    :old
    const-string v0, "{\"rate\":false,\"rect\":true}"
    return-object v0
.end method

.method public release()V
    .locals 2
    .annotation runtime Landroid/webkit/JavascriptInterface;
    .end annotation

    const/4 v0, 0x0
    iput v0, p0, Lcn/fieldclassroom/tv/NativePlayer;->asked:I

    iget-object v0, p0, Lcn/fieldclassroom/tv/NativePlayer;->handler:Landroid/os/Handler;
    const/4 v1, 7
    invoke-virtual {v0, v1}, Landroid/os/Handler;->sendEmptyMessage(I)Z

    return-void
.end method

.method private known(I)Ljava/lang/String;
    .locals 2

    iget v0, p0, Lcn/fieldclassroom/tv/NativePlayer;->asked:I
    if-eqz v0, :unknown
    iget v0, p0, Lcn/fieldclassroom/tv/NativePlayer;->asked:I
    iget v1, p0, Lcn/fieldclassroom/tv/NativePlayer;->readyId:I
    if-ne v0, v1, :unknown
    if-ltz p1, :unknown
    invoke-static {p1}, Ljava/lang/String;->valueOf(I)Ljava/lang/String;
    move-result-object v0
    return-object v0

    :unknown
    const-string v0, ""
    return-object v0
.end method

.method public handleMessage(Landroid/os/Message;)Z
    .locals 4

    iget v0, p1, Landroid/os/Message;->what:I
    packed-switch v0, :messages
    goto/16 :seek_late

    :load
    iget v0, p1, Landroid/os/Message;->arg1:I
    iget-object v1, p1, Landroid/os/Message;->obj:Ljava/lang/Object;
    check-cast v1, Ljava/lang/String;
    iget v2, p1, Landroid/os/Message;->arg2:I
    invoke-direct {p0, v0, v1, v2}, Lcn/fieldclassroom/tv/NativePlayer;->open(ILjava/lang/String;I)V
    goto :done

    :play
    const/4 v0, 0x1
    iput-boolean v0, p0, Lcn/fieldclassroom/tv/NativePlayer;->wanted:Z
    invoke-direct {p0}, Lcn/fieldclassroom/tv/NativePlayer;->start()V
    goto :done

    :pause
    invoke-direct {p0}, Lcn/fieldclassroom/tv/NativePlayer;->stand()V
    goto :done

    :seek
    iget v0, p1, Landroid/os/Message;->arg1:I
    invoke-direct {p0, v0}, Lcn/fieldclassroom/tv/NativePlayer;->jump(I)V
    goto :done

    :rate
    iget-object v0, p1, Landroid/os/Message;->obj:Ljava/lang/Object;
    check-cast v0, Ljava/lang/Float;
    invoke-virtual {v0}, Ljava/lang/Float;->floatValue()F
    move-result v0
    iput v0, p0, Lcn/fieldclassroom/tv/NativePlayer;->rate:F
    iget-boolean v1, p0, Lcn/fieldclassroom/tv/NativePlayer;->ready:Z
    if-eqz v1, :done
    iget-object v1, p0, Lcn/fieldclassroom/tv/NativePlayer;->player:Landroid/media/MediaPlayer;
    invoke-virtual {v1}, Landroid/media/MediaPlayer;->isPlaying()Z
    move-result v2
    if-eqz v2, :done
    invoke-static {v1, v0}, Lcn/fieldclassroom/tv/PlaybackRate;->set(Landroid/media/MediaPlayer;F)V
    goto :done

    :rect
    iget-object v0, p1, Landroid/os/Message;->obj:Ljava/lang/Object;
    check-cast v0, [I
    iput-object v0, p0, Lcn/fieldclassroom/tv/NativePlayer;->rect:[I
    invoke-direct {p0}, Lcn/fieldclassroom/tv/NativePlayer;->place()V
    goto :done

    :release
    invoke-direct {p0}, Lcn/fieldclassroom/tv/NativePlayer;->shut()V
    iget-object v0, p0, Lcn/fieldclassroom/tv/NativePlayer;->surface:Landroid/view/SurfaceView;
    const/4 v1, 0x4
    invoke-virtual {v0, v1}, Landroid/view/SurfaceView;->setVisibility(I)V
    goto :done

    :look
    invoke-direct {p0}, Lcn/fieldclassroom/tv/NativePlayer;->look()V
    goto :done

    :seek_late
    invoke-direct {p0}, Lcn/fieldclassroom/tv/NativePlayer;->arrive()V

    :done
    const/4 v0, 0x1
    return v0

    :messages
    .packed-switch 0x1
        :load
        :play
        :pause
        :seek
        :rate
        :rect
        :release
        :look
    .end packed-switch
.end method

.method private open(ILjava/lang/String;I)V
    .locals 2

    invoke-direct {p0}, Lcn/fieldclassroom/tv/NativePlayer;->shut()V
    iput p1, p0, Lcn/fieldclassroom/tv/NativePlayer;->id:I
    iput-object p2, p0, Lcn/fieldclassroom/tv/NativePlayer;->url:Ljava/lang/String;
    iput p3, p0, Lcn/fieldclassroom/tv/NativePlayer;->startAt:I
    const/high16 v0, 0x3f800000    # 1.0f
    iput v0, p0, Lcn/fieldclassroom/tv/NativePlayer;->rate:F
    iget-object v0, p0, Lcn/fieldclassroom/tv/NativePlayer;->surface:Landroid/view/SurfaceView;
    const/4 v1, 0x0
    invoke-virtual {v0, v1}, Landroid/view/SurfaceView;->setVisibility(I)V
    iget-boolean v0, p0, Lcn/fieldclassroom/tv/NativePlayer;->surfaceThere:Z
    if-eqz v0, :done
    invoke-direct {p0}, Lcn/fieldclassroom/tv/NativePlayer;->prepare()V

    :done
    return-void
.end method

.method private prepare()V
    .locals 3

    new-instance v0, Landroid/media/MediaPlayer;
    invoke-direct {v0}, Landroid/media/MediaPlayer;-><init>()V
    iput-object v0, p0, Lcn/fieldclassroom/tv/NativePlayer;->player:Landroid/media/MediaPlayer;
    invoke-virtual {v0, p0}, Landroid/media/MediaPlayer;->setOnPreparedListener(Landroid/media/MediaPlayer$OnPreparedListener;)V
    invoke-virtual {v0, p0}, Landroid/media/MediaPlayer;->setOnSeekCompleteListener(Landroid/media/MediaPlayer$OnSeekCompleteListener;)V
    invoke-virtual {v0, p0}, Landroid/media/MediaPlayer;->setOnInfoListener(Landroid/media/MediaPlayer$OnInfoListener;)V
    invoke-virtual {v0, p0}, Landroid/media/MediaPlayer;->setOnVideoSizeChangedListener(Landroid/media/MediaPlayer$OnVideoSizeChangedListener;)V
    invoke-virtual {v0, p0}, Landroid/media/MediaPlayer;->setOnCompletionListener(Landroid/media/MediaPlayer$OnCompletionListener;)V
    invoke-virtual {v0, p0}, Landroid/media/MediaPlayer;->setOnErrorListener(Landroid/media/MediaPlayer$OnErrorListener;)V
    const/4 v1, 0x3
    invoke-virtual {v0, v1}, Landroid/media/MediaPlayer;->setAudioStreamType(I)V

    :try_start
    iget-object v1, p0, Lcn/fieldclassroom/tv/NativePlayer;->surface:Landroid/view/SurfaceView;
    invoke-virtual {v1}, Landroid/view/SurfaceView;->getHolder()Landroid/view/SurfaceHolder;
    move-result-object v1
    invoke-virtual {v0, v1}, Landroid/media/MediaPlayer;->setDisplay(Landroid/view/SurfaceHolder;)V
    iget-object v1, p0, Lcn/fieldclassroom/tv/NativePlayer;->url:Ljava/lang/String;
    invoke-virtual {v0, v1}, Landroid/media/MediaPlayer;->setDataSource(Ljava/lang/String;)V
    invoke-virtual {v0}, Landroid/media/MediaPlayer;->prepareAsync()V
    :try_end
    .catch Ljava/io/IOException; {:try_start .. :try_end} :caught
    .catch Ljava/lang/RuntimeException; {:try_start .. :try_end} :caught
    return-void

    :caught
    move-exception v0
    const-string v1, "network"
    invoke-virtual {v0}, Ljava/lang/Exception;->toString()Ljava/lang/String;
    move-result-object v2
    invoke-direct {p0, v1, v2}, Lcn/fieldclassroom/tv/NativePlayer;->fail(Ljava/lang/String;Ljava/lang/String;)V

    return-void
.end method

.method public onPrepared(Landroid/media/MediaPlayer;)V
    .locals 1

    iget-object v0, p0, Lcn/fieldclassroom/tv/NativePlayer;->player:Landroid/media/MediaPlayer;
    if-eq p1, v0, :mine
    return-void

    :mine

    invoke-virtual {v0}, Landroid/media/MediaPlayer;->getDuration()I
    move-result v0
    iput v0, p0, Lcn/fieldclassroom/tv/NativePlayer;->duration:I
    iget v0, p0, Lcn/fieldclassroom/tv/NativePlayer;->startAt:I
    if-lez v0, :beginning
    invoke-direct {p0, v0}, Lcn/fieldclassroom/tv/NativePlayer;->goTo(I)V
    return-void

    :beginning
    invoke-direct {p0}, Lcn/fieldclassroom/tv/NativePlayer;->arrive()V

    return-void
.end method

.method private jump(I)V
    .locals 1

    iget-boolean v0, p0, Lcn/fieldclassroom/tv/NativePlayer;->ready:Z
    if-eqz v0, :later
    invoke-direct {p0, p1}, Lcn/fieldclassroom/tv/NativePlayer;->goTo(I)V
    return-void

    :later
    iput p1, p0, Lcn/fieldclassroom/tv/NativePlayer;->startAt:I

    return-void
.end method

.method private goTo(I)V
    .locals 4

    iget-object v0, p0, Lcn/fieldclassroom/tv/NativePlayer;->handler:Landroid/os/Handler;
    const/16 v1, 0x9
    invoke-virtual {v0, v1}, Landroid/os/Handler;->removeMessages(I)V
    const/4 v2, 0x1
    iput-boolean v2, p0, Lcn/fieldclassroom/tv/NativePlayer;->seeking:Z
    iget-object v2, p0, Lcn/fieldclassroom/tv/NativePlayer;->player:Landroid/media/MediaPlayer;
    invoke-virtual {v2, p1}, Landroid/media/MediaPlayer;->seekTo(I)V
    const-wide/16 v2, 5000
    invoke-virtual {v0, v1, v2, v3}, Landroid/os/Handler;->sendEmptyMessageDelayed(IJ)Z

    return-void
.end method

.method public onSeekComplete(Landroid/media/MediaPlayer;)V
    .locals 1

    iget-object v0, p0, Lcn/fieldclassroom/tv/NativePlayer;->player:Landroid/media/MediaPlayer;
    if-ne p1, v0, :done
    iget-boolean v0, p0, Lcn/fieldclassroom/tv/NativePlayer;->seeking:Z
    if-eqz v0, :done
    invoke-direct {p0}, Lcn/fieldclassroom/tv/NativePlayer;->arrive()V

    :done
    return-void
.end method

.method private arrive()V
    .locals 2

    iget-object v0, p0, Lcn/fieldclassroom/tv/NativePlayer;->handler:Landroid/os/Handler;
    const/16 v1, 0x9
    invoke-virtual {v0, v1}, Landroid/os/Handler;->removeMessages(I)V
    const/4 v0, 0x0
    iput-boolean v0, p0, Lcn/fieldclassroom/tv/NativePlayer;->seeking:Z
    iget-object v0, p0, Lcn/fieldclassroom/tv/NativePlayer;->player:Landroid/media/MediaPlayer;
    invoke-virtual {v0}, Landroid/media/MediaPlayer;->getCurrentPosition()I
    move-result v0
    iput v0, p0, Lcn/fieldclassroom/tv/NativePlayer;->position:I
    iget-boolean v0, p0, Lcn/fieldclassroom/tv/NativePlayer;->ready:Z
    if-eqz v0, :first
    const-string v0, "seeked"
    invoke-direct {p0, v0}, Lcn/fieldclassroom/tv/NativePlayer;->tell(Ljava/lang/String;)V
    goto :told

    :first
    const/4 v0, 0x1
    iput-boolean v0, p0, Lcn/fieldclassroom/tv/NativePlayer;->ready:Z
    iget v0, p0, Lcn/fieldclassroom/tv/NativePlayer;->id:I
    iput v0, p0, Lcn/fieldclassroom/tv/NativePlayer;->readyId:I
    const-string v0, "ready"
    invoke-direct {p0, v0}, Lcn/fieldclassroom/tv/NativePlayer;->tell(Ljava/lang/String;)V

    :told
    iget-boolean v0, p0, Lcn/fieldclassroom/tv/NativePlayer;->wanted:Z
    if-eqz v0, :done
    invoke-direct {p0}, Lcn/fieldclassroom/tv/NativePlayer;->start()V

    :done
    return-void
.end method

.method private start()V
    .locals 3

    iget-boolean v0, p0, Lcn/fieldclassroom/tv/NativePlayer;->ready:Z
    if-eqz v0, :not_yet
    iget-boolean v0, p0, Lcn/fieldclassroom/tv/NativePlayer;->seeking:Z
    if-nez v0, :not_yet
    iget-boolean v0, p0, Lcn/fieldclassroom/tv/NativePlayer;->away:Z
    if-eqz v0, :go

    :not_yet
    return-void

    :go
    iget-object v0, p0, Lcn/fieldclassroom/tv/NativePlayer;->player:Landroid/media/MediaPlayer;
    invoke-virtual {v0}, Landroid/media/MediaPlayer;->start()V
    iget v1, p0, Lcn/fieldclassroom/tv/NativePlayer;->rate:F
    const/high16 v2, 0x3f800000    # 1.0f
    cmpl-float v2, v1, v2
    if-eqz v2, :normal
    invoke-static {v0, v1}, Lcn/fieldclassroom/tv/PlaybackRate;->set(Landroid/media/MediaPlayer;F)V

    :normal
    iget-object v0, p0, Lcn/fieldclassroom/tv/NativePlayer;->handler:Landroid/os/Handler;
    const/16 v1, 0x8
    invoke-virtual {v0, v1}, Landroid/os/Handler;->removeMessages(I)V
    invoke-direct {p0}, Lcn/fieldclassroom/tv/NativePlayer;->look()V

    return-void
.end method

.method private stand()V
    .locals 2

    const/4 v0, 0x0
    iput-boolean v0, p0, Lcn/fieldclassroom/tv/NativePlayer;->wanted:Z
    iget-object v0, p0, Lcn/fieldclassroom/tv/NativePlayer;->handler:Landroid/os/Handler;
    const/16 v1, 0x8
    invoke-virtual {v0, v1}, Landroid/os/Handler;->removeMessages(I)V
    iget-boolean v0, p0, Lcn/fieldclassroom/tv/NativePlayer;->ready:Z
    if-eqz v0, :done
    iget-object v0, p0, Lcn/fieldclassroom/tv/NativePlayer;->player:Landroid/media/MediaPlayer;
    invoke-virtual {v0}, Landroid/media/MediaPlayer;->isPlaying()Z
    move-result v1
    if-eqz v1, :done
    invoke-virtual {v0}, Landroid/media/MediaPlayer;->pause()V

    :done
    return-void
.end method

.method private look()V
    .locals 4

    iget-boolean v0, p0, Lcn/fieldclassroom/tv/NativePlayer;->ready:Z
    if-eqz v0, :rest
    iget-boolean v0, p0, Lcn/fieldclassroom/tv/NativePlayer;->wanted:Z
    if-nez v0, :go

    :rest
    return-void

    :go
    iget-boolean v0, p0, Lcn/fieldclassroom/tv/NativePlayer;->seeking:Z
    if-nez v0, :again
    iget-object v0, p0, Lcn/fieldclassroom/tv/NativePlayer;->player:Landroid/media/MediaPlayer;
    invoke-virtual {v0}, Landroid/media/MediaPlayer;->getCurrentPosition()I
    move-result v0
    iput v0, p0, Lcn/fieldclassroom/tv/NativePlayer;->position:I

    :again
    iget-object v0, p0, Lcn/fieldclassroom/tv/NativePlayer;->handler:Landroid/os/Handler;
    const/16 v1, 0x8
    const-wide/16 v2, 200
    invoke-virtual {v0, v1, v2, v3}, Landroid/os/Handler;->sendEmptyMessageDelayed(IJ)Z

    return-void
.end method

.method public onInfo(Landroid/media/MediaPlayer;II)Z
    .locals 2

    const/4 v1, 0x1
    iget-object v0, p0, Lcn/fieldclassroom/tv/NativePlayer;->player:Landroid/media/MediaPlayer;
    if-eq p1, v0, :mine
    return v1

    :mine
    const/16 v0, 701
    if-ne p2, v0, :not_buffering
    const-string v0, "buffering"
    invoke-direct {p0, v0}, Lcn/fieldclassroom/tv/NativePlayer;->tell(Ljava/lang/String;)V

    :not_buffering
    const/16 v0, 702
    if-ne p2, v0, :not_over
    const-string v0, "playing"
    invoke-direct {p0, v0}, Lcn/fieldclassroom/tv/NativePlayer;->tell(Ljava/lang/String;)V

    :not_over
    const/16 v0, 3
    if-ne p2, v0, :done
    const-string v0, "playing"
    invoke-direct {p0, v0}, Lcn/fieldclassroom/tv/NativePlayer;->tell(Ljava/lang/String;)V

    :done
    return v1
.end method

.method public onVideoSizeChanged(Landroid/media/MediaPlayer;II)V
    .locals 1

    iget-object v0, p0, Lcn/fieldclassroom/tv/NativePlayer;->player:Landroid/media/MediaPlayer;
    if-eq p1, v0, :mine
    return-void

    :mine
    iput p2, p0, Lcn/fieldclassroom/tv/NativePlayer;->pictureWidth:I
    iput p3, p0, Lcn/fieldclassroom/tv/NativePlayer;->pictureHeight:I
    invoke-direct {p0}, Lcn/fieldclassroom/tv/NativePlayer;->place()V

    return-void
.end method

.method public onCompletion(Landroid/media/MediaPlayer;)V
    .locals 3

    iget-object v0, p0, Lcn/fieldclassroom/tv/NativePlayer;->player:Landroid/media/MediaPlayer;
    if-eq p1, v0, :mine
    return-void

    :mine
    iget-object v1, p0, Lcn/fieldclassroom/tv/NativePlayer;->handler:Landroid/os/Handler;
    const/16 v2, 0x8
    invoke-virtual {v1, v2}, Landroid/os/Handler;->removeMessages(I)V
    invoke-virtual {v0}, Landroid/media/MediaPlayer;->getCurrentPosition()I
    move-result v0
    iput v0, p0, Lcn/fieldclassroom/tv/NativePlayer;->position:I
    const-string v0, "ended"
    invoke-direct {p0, v0}, Lcn/fieldclassroom/tv/NativePlayer;->tell(Ljava/lang/String;)V

    return-void
.end method

.method public onError(Landroid/media/MediaPlayer;II)Z
    .locals 3

    iget-object v0, p0, Lcn/fieldclassroom/tv/NativePlayer;->player:Landroid/media/MediaPlayer;
    if-ne p1, v0, :done
    invoke-direct {p0, p3}, Lcn/fieldclassroom/tv/NativePlayer;->codeOf(I)Ljava/lang/String;
    move-result-object v0
    new-instance v1, Ljava/lang/StringBuilder;
    invoke-direct {v1}, Ljava/lang/StringBuilder;-><init>()V
    invoke-virtual {v1, p2}, Ljava/lang/StringBuilder;->append(I)Ljava/lang/StringBuilder;
    move-result-object v1
    const-string v2, "/"
    invoke-virtual {v1, v2}, Ljava/lang/StringBuilder;->append(Ljava/lang/String;)Ljava/lang/StringBuilder;
    move-result-object v1
    invoke-virtual {v1, p3}, Ljava/lang/StringBuilder;->append(I)Ljava/lang/StringBuilder;
    move-result-object v1
    invoke-virtual {v1}, Ljava/lang/StringBuilder;->toString()Ljava/lang/String;
    move-result-object v1
    invoke-direct {p0, v0, v1}, Lcn/fieldclassroom/tv/NativePlayer;->fail(Ljava/lang/String;Ljava/lang/String;)V

    :done
    const/4 v0, 0x1
    return v0
.end method

.method private codeOf(I)Ljava/lang/String;
    .locals 2

    const-string v1, "unsupported"
    const/16 v0, -1010
    if-eq p1, v0, :known
    const-string v1, "decode"
    const/16 v0, -1007
    if-eq p1, v0, :known
    const-string v1, "network"
    const/16 v0, -110
    if-eq p1, v0, :known
    const/16 v0, -1005
    if-lt p1, v0, :untold
    const/16 v0, -1000
    if-gt p1, v0, :untold
    const-string v1, "network"

    :known
    return-object v1

    :untold
    iget-boolean v0, p0, Lcn/fieldclassroom/tv/NativePlayer;->ready:Z
    if-eqz v0, :opening
    const-string v1, "decode"
    return-object v1

    :opening
    const-string v1, "network"
    return-object v1
.end method

.method private fail(Ljava/lang/String;Ljava/lang/String;)V
    .locals 3

    invoke-direct {p0}, Lcn/fieldclassroom/tv/NativePlayer;->shut()V
    iget v1, p0, Lcn/fieldclassroom/tv/NativePlayer;->id:I
    new-instance v0, Ljava/lang/StringBuilder;
    invoke-direct {v0}, Ljava/lang/StringBuilder;-><init>()V
    const-string v2, "{\"id\":"
    invoke-virtual {v0, v2}, Ljava/lang/StringBuilder;->append(Ljava/lang/String;)Ljava/lang/StringBuilder;
    move-result-object v0
    invoke-virtual {v0, v1}, Ljava/lang/StringBuilder;->append(I)Ljava/lang/StringBuilder;
    move-result-object v0
    const-string v2, ",\"type\":\"error\",\"code\":\""
    invoke-virtual {v0, v2}, Ljava/lang/StringBuilder;->append(Ljava/lang/String;)Ljava/lang/StringBuilder;
    move-result-object v0
    invoke-virtual {v0, p1}, Ljava/lang/StringBuilder;->append(Ljava/lang/String;)Ljava/lang/StringBuilder;
    move-result-object v0
    const-string v2, "\",\"detail\":"
    invoke-virtual {v0, v2}, Ljava/lang/StringBuilder;->append(Ljava/lang/String;)Ljava/lang/StringBuilder;
    move-result-object v0
    invoke-static {p2}, Lorg/json/JSONObject;->quote(Ljava/lang/String;)Ljava/lang/String;
    move-result-object v2
    invoke-virtual {v0, v2}, Ljava/lang/StringBuilder;->append(Ljava/lang/String;)Ljava/lang/StringBuilder;
    move-result-object v0
    const-string v2, ",\"fatal\":true}"
    invoke-virtual {v0, v2}, Ljava/lang/StringBuilder;->append(Ljava/lang/String;)Ljava/lang/StringBuilder;
    move-result-object v0
    invoke-virtual {v0}, Ljava/lang/StringBuilder;->toString()Ljava/lang/String;
    move-result-object v0
    invoke-direct {p0, v0}, Lcn/fieldclassroom/tv/NativePlayer;->say(Ljava/lang/String;)V

    return-void
.end method

.method private tell(Ljava/lang/String;)V
    .locals 3

    iget v1, p0, Lcn/fieldclassroom/tv/NativePlayer;->id:I
    new-instance v0, Ljava/lang/StringBuilder;
    invoke-direct {v0}, Ljava/lang/StringBuilder;-><init>()V
    const-string v2, "{\"id\":"
    invoke-virtual {v0, v2}, Ljava/lang/StringBuilder;->append(Ljava/lang/String;)Ljava/lang/StringBuilder;
    move-result-object v0
    invoke-virtual {v0, v1}, Ljava/lang/StringBuilder;->append(I)Ljava/lang/StringBuilder;
    move-result-object v0
    const-string v2, ",\"type\":\""
    invoke-virtual {v0, v2}, Ljava/lang/StringBuilder;->append(Ljava/lang/String;)Ljava/lang/StringBuilder;
    move-result-object v0
    invoke-virtual {v0, p1}, Ljava/lang/StringBuilder;->append(Ljava/lang/String;)Ljava/lang/StringBuilder;
    move-result-object v0
    const-string v2, "\"}"
    invoke-virtual {v0, v2}, Ljava/lang/StringBuilder;->append(Ljava/lang/String;)Ljava/lang/StringBuilder;
    move-result-object v0
    invoke-virtual {v0}, Ljava/lang/StringBuilder;->toString()Ljava/lang/String;
    move-result-object v0
    invoke-direct {p0, v0}, Lcn/fieldclassroom/tv/NativePlayer;->say(Ljava/lang/String;)V

    return-void
.end method

.method private say(Ljava/lang/String;)V
    .locals 4

    iget-object v0, p0, Lcn/fieldclassroom/tv/NativePlayer;->web:Landroid/webkit/WebView;
    new-instance v1, Ljava/lang/StringBuilder;
    invoke-direct {v1}, Ljava/lang/StringBuilder;-><init>()V
    const-string v2, "window.__nativePlayerEvent&&__nativePlayerEvent("
    invoke-virtual {v1, v2}, Ljava/lang/StringBuilder;->append(Ljava/lang/String;)Ljava/lang/StringBuilder;
    move-result-object v1
    invoke-static {p1}, Lorg/json/JSONObject;->quote(Ljava/lang/String;)Ljava/lang/String;
    move-result-object v2
    invoke-virtual {v1, v2}, Ljava/lang/StringBuilder;->append(Ljava/lang/String;)Ljava/lang/StringBuilder;
    move-result-object v1
    const-string v2, ")"
    invoke-virtual {v1, v2}, Ljava/lang/StringBuilder;->append(Ljava/lang/String;)Ljava/lang/StringBuilder;
    move-result-object v1
    invoke-virtual {v1}, Ljava/lang/StringBuilder;->toString()Ljava/lang/String;
    move-result-object v1
    const/4 v2, 0x0
    invoke-virtual {v0, v1, v2}, Landroid/webkit/WebView;->evaluateJavascript(Ljava/lang/String;Landroid/webkit/ValueCallback;)V

    return-void
.end method

.method private shut()V
    .locals 3

    iget-object v0, p0, Lcn/fieldclassroom/tv/NativePlayer;->handler:Landroid/os/Handler;
    const/16 v1, 0x8
    invoke-virtual {v0, v1}, Landroid/os/Handler;->removeMessages(I)V
    const/16 v1, 0x9
    invoke-virtual {v0, v1}, Landroid/os/Handler;->removeMessages(I)V
    const/4 v0, 0x0
    iput v0, p0, Lcn/fieldclassroom/tv/NativePlayer;->readyId:I
    iput-boolean v0, p0, Lcn/fieldclassroom/tv/NativePlayer;->ready:Z
    iput-boolean v0, p0, Lcn/fieldclassroom/tv/NativePlayer;->wanted:Z
    iput-boolean v0, p0, Lcn/fieldclassroom/tv/NativePlayer;->seeking:Z
    const/4 v1, 0x0
    iput-object v1, p0, Lcn/fieldclassroom/tv/NativePlayer;->url:Ljava/lang/String;
    iput v0, p0, Lcn/fieldclassroom/tv/NativePlayer;->pictureWidth:I
    iget-object v2, p0, Lcn/fieldclassroom/tv/NativePlayer;->player:Landroid/media/MediaPlayer;
    if-nez v2, :there
    return-void

    :there
    invoke-virtual {v2}, Landroid/media/MediaPlayer;->release()V
    iput-object v1, p0, Lcn/fieldclassroom/tv/NativePlayer;->player:Landroid/media/MediaPlayer;

    return-void
.end method

.method private place()V
    .locals 11

    iget-object v0, p0, Lcn/fieldclassroom/tv/NativePlayer;->rect:[I
    if-nez v0, :area
    const/4 v1, 0x0
    const/16 v2, 1280
    const/16 v3, 720
    const/4 v4, 0x4
    new-array v0, v4, [I
    const/4 v4, 0x0
    aput v1, v0, v4
    const/4 v4, 0x1
    aput v1, v0, v4
    const/4 v4, 0x2
    aput v2, v0, v4
    const/4 v4, 0x3
    aput v3, v0, v4

    :area
    iget-object v7, p0, Lcn/fieldclassroom/tv/NativePlayer;->surface:Landroid/view/SurfaceView;
    invoke-virtual {v7}, Landroid/view/SurfaceView;->getParent()Landroid/view/ViewParent;
    move-result-object v1
    check-cast v1, Landroid/view/View;
    invoke-virtual {v1}, Landroid/view/View;->getWidth()I
    move-result v1
    int-to-float v1, v1
    const/high16 v2, 0x44a00000    # 1280.0f
    div-float/2addr v1, v2

    # v2, v3: the picture's width and height; v8, v9: the area's.
    const/4 v4, 0x2
    aget v8, v0, v4
    int-to-float v8, v8
    mul-float/2addr v8, v1
    move v2, v8
    const/4 v4, 0x3
    aget v9, v0, v4
    int-to-float v9, v9
    mul-float/2addr v9, v1
    move v3, v9

    iget v4, p0, Lcn/fieldclassroom/tv/NativePlayer;->pictureWidth:I
    if-lez v4, :fits
    iget v5, p0, Lcn/fieldclassroom/tv/NativePlayer;->pictureHeight:I
    if-lez v5, :fits
    int-to-float v4, v4
    int-to-float v5, v5
    mul-float v6, v3, v4
    div-float/2addr v6, v5
    invoke-static {v2, v6}, Ljava/lang/Math;->min(FF)F
    move-result v2
    mul-float v3, v2, v5
    div-float/2addr v3, v4

    :fits
    new-instance v4, Landroid/widget/FrameLayout$LayoutParams;
    invoke-static {v2}, Ljava/lang/Math;->round(F)I
    move-result v5
    invoke-static {v3}, Ljava/lang/Math;->round(F)I
    move-result v6
    const/16 v10, 51
    invoke-direct {v4, v5, v6, v10}, Landroid/widget/FrameLayout$LayoutParams;-><init>(III)V

    const/high16 v6, 0x40000000    # 2.0f
    const/4 v5, 0x0
    aget v5, v0, v5
    int-to-float v5, v5
    mul-float/2addr v5, v1
    sub-float/2addr v8, v2
    div-float/2addr v8, v6
    add-float/2addr v5, v8
    invoke-static {v5}, Ljava/lang/Math;->round(F)I
    move-result v5
    iput v5, v4, Landroid/widget/FrameLayout$LayoutParams;->leftMargin:I
    const/4 v5, 0x1
    aget v5, v0, v5
    int-to-float v5, v5
    mul-float/2addr v5, v1
    sub-float/2addr v9, v3
    div-float/2addr v9, v6
    add-float/2addr v5, v9
    invoke-static {v5}, Ljava/lang/Math;->round(F)I
    move-result v5
    iput v5, v4, Landroid/widget/FrameLayout$LayoutParams;->topMargin:I
    invoke-virtual {v7, v4}, Landroid/view/SurfaceView;->setLayoutParams(Landroid/view/ViewGroup$LayoutParams;)V

    return-void
.end method

.method public surfaceCreated(Landroid/view/SurfaceHolder;)V
    .locals 1

    const/4 v0, 0x1
    iput-boolean v0, p0, Lcn/fieldclassroom/tv/NativePlayer;->surfaceThere:Z
    iget-object v0, p0, Lcn/fieldclassroom/tv/NativePlayer;->player:Landroid/media/MediaPlayer;
    if-eqz v0, :none
    invoke-virtual {v0, p1}, Landroid/media/MediaPlayer;->setDisplay(Landroid/view/SurfaceHolder;)V
    return-void

    :none
    iget-object v0, p0, Lcn/fieldclassroom/tv/NativePlayer;->url:Ljava/lang/String;
    if-eqz v0, :done
    invoke-direct {p0}, Lcn/fieldclassroom/tv/NativePlayer;->prepare()V

    :done
    return-void
.end method

.method public surfaceChanged(Landroid/view/SurfaceHolder;III)V
    .locals 0

    return-void
.end method

.method public surfaceDestroyed(Landroid/view/SurfaceHolder;)V
    .locals 2

    const/4 v0, 0x0
    iput-boolean v0, p0, Lcn/fieldclassroom/tv/NativePlayer;->surfaceThere:Z
    iget-object v0, p0, Lcn/fieldclassroom/tv/NativePlayer;->player:Landroid/media/MediaPlayer;
    if-eqz v0, :done
    const/4 v1, 0x0
    invoke-virtual {v0, v1}, Landroid/media/MediaPlayer;->setDisplay(Landroid/view/SurfaceHolder;)V

    :done
    return-void
.end method

.method goAway()V
    .locals 1

    const/4 v0, 0x1
    iput-boolean v0, p0, Lcn/fieldclassroom/tv/NativePlayer;->away:Z
    iget-boolean v0, p0, Lcn/fieldclassroom/tv/NativePlayer;->ready:Z
    if-eqz v0, :nothing
    iget-object v0, p0, Lcn/fieldclassroom/tv/NativePlayer;->player:Landroid/media/MediaPlayer;
    invoke-virtual {v0}, Landroid/media/MediaPlayer;->isPlaying()Z
    move-result v0
    if-nez v0, :playing

    :nothing
    return-void

    :playing
    invoke-direct {p0}, Lcn/fieldclassroom/tv/NativePlayer;->stand()V
    const-string v0, "paused"
    invoke-direct {p0, v0}, Lcn/fieldclassroom/tv/NativePlayer;->tell(Ljava/lang/String;)V

    return-void
.end method

.method comeBack()V
    .locals 1

    const/4 v0, 0x0
    iput-boolean v0, p0, Lcn/fieldclassroom/tv/NativePlayer;->away:Z
    iget-boolean v0, p0, Lcn/fieldclassroom/tv/NativePlayer;->wanted:Z
    if-eqz v0, :done
    invoke-direct {p0}, Lcn/fieldclassroom/tv/NativePlayer;->start()V

    :done
    return-void
.end method

.method destroy()V
    .locals 2

    invoke-direct {p0}, Lcn/fieldclassroom/tv/NativePlayer;->shut()V
    iget-object v0, p0, Lcn/fieldclassroom/tv/NativePlayer;->handler:Landroid/os/Handler;
    const/4 v1, 0x0
    invoke-virtual {v0, v1}, Landroid/os/Handler;->removeCallbacksAndMessages(Ljava/lang/Object;)V

    return-void
.end method
