.class public final Lcn/fieldclassroom/tv/NativeHost;
.super Ljava/lang/Object;
.source "NativeHost.java"

.implements Landroid/os/Handler$Callback;

.field private final activity:Landroid/app/Activity;

.field private final handler:Landroid/os/Handler;

.method constructor <init>(Landroid/app/Activity;)V
    .locals 2

    invoke-direct {p0}, Ljava/lang/Object;-><init>()V
    iput-object p1, p0, Lcn/fieldclassroom/tv/NativeHost;->activity:Landroid/app/Activity;
    new-instance v0, Landroid/os/Handler;
    invoke-static {}, Landroid/os/Looper;->getMainLooper()Landroid/os/Looper;
    move-result-object v1
    invoke-direct {v0, v1, p0}, Landroid/os/Handler;-><init>(Landroid/os/Looper;Landroid/os/Handler$Callback;)V
    iput-object v0, p0, Lcn/fieldclassroom/tv/NativeHost;->handler:Landroid/os/Handler;

    return-void
.end method

.method public exit()V
    .locals 2
    .annotation runtime Landroid/webkit/JavascriptInterface;
    .end annotation

    iget-object v0, p0, Lcn/fieldclassroom/tv/NativeHost;->handler:Landroid/os/Handler;
    const/4 v1, 0x1
    invoke-virtual {v0, v1}, Landroid/os/Handler;->sendEmptyMessage(I)Z

    return-void
.end method

.method public keepScreenOn(Z)V
    .locals 3
    .annotation runtime Landroid/webkit/JavascriptInterface;
    .end annotation

    iget-object v0, p0, Lcn/fieldclassroom/tv/NativeHost;->handler:Landroid/os/Handler;
    const/4 v1, 0x2
    const/4 v2, 0x0
    if-eqz p1, :send
    const/4 v2, 0x1

    :send
    const/4 p1, 0x0
    invoke-virtual {v0, v1, v2, p1}, Landroid/os/Handler;->obtainMessage(III)Landroid/os/Message;
    move-result-object v0
    invoke-virtual {v0}, Landroid/os/Message;->sendToTarget()V

    return-void
.end method

.method public info()Ljava/lang/String;
    .locals 4
    .annotation runtime Landroid/webkit/JavascriptInterface;
    .end annotation

    :try_start
    iget-object v0, p0, Lcn/fieldclassroom/tv/NativeHost;->activity:Landroid/app/Activity;
    invoke-virtual {v0}, Landroid/app/Activity;->getPackageManager()Landroid/content/pm/PackageManager;
    move-result-object v1
    invoke-virtual {v0}, Landroid/app/Activity;->getPackageName()Ljava/lang/String;
    move-result-object v0
    const/4 v2, 0x0
    invoke-virtual {v1, v0, v2}, Landroid/content/pm/PackageManager;->getPackageInfo(Ljava/lang/String;I)Landroid/content/pm/PackageInfo;
    move-result-object v0
    iget-object v0, v0, Landroid/content/pm/PackageInfo;->versionName:Ljava/lang/String;

    new-instance v1, Lorg/json/JSONObject;
    invoke-direct {v1}, Lorg/json/JSONObject;-><init>()V
    const-string v2, "model"
    sget-object v3, Landroid/os/Build;->MODEL:Ljava/lang/String;
    invoke-virtual {v1, v2, v3}, Lorg/json/JSONObject;->put(Ljava/lang/String;Ljava/lang/Object;)Lorg/json/JSONObject;
    move-result-object v1
    const-string v2, "maker"
    sget-object v3, Landroid/os/Build;->MANUFACTURER:Ljava/lang/String;
    invoke-virtual {v1, v2, v3}, Lorg/json/JSONObject;->put(Ljava/lang/String;Ljava/lang/Object;)Lorg/json/JSONObject;
    move-result-object v1
    const-string v2, "android"
    sget-object v3, Landroid/os/Build$VERSION;->RELEASE:Ljava/lang/String;
    invoke-virtual {v1, v2, v3}, Lorg/json/JSONObject;->put(Ljava/lang/String;Ljava/lang/Object;)Lorg/json/JSONObject;
    move-result-object v1
    const-string v2, "version"
    invoke-virtual {v1, v2, v0}, Lorg/json/JSONObject;->put(Ljava/lang/String;Ljava/lang/Object;)Lorg/json/JSONObject;
    move-result-object v1
    invoke-virtual {v1}, Lorg/json/JSONObject;->toString()Ljava/lang/String;
    move-result-object v1
    :try_end
    .catch Landroid/content/pm/PackageManager$NameNotFoundException; {:try_start .. :try_end} :caught
    .catch Lorg/json/JSONException; {:try_start .. :try_end} :caught
    return-object v1

    :caught
    move-exception v0
    new-instance v1, Ljava/lang/IllegalStateException;
    invoke-direct {v1, v0}, Ljava/lang/IllegalStateException;-><init>(Ljava/lang/Throwable;)V
    throw v1
.end method

.method public handleMessage(Landroid/os/Message;)Z
    .locals 3

    iget-object v0, p0, Lcn/fieldclassroom/tv/NativeHost;->activity:Landroid/app/Activity;
    const/4 v1, 0x1
    iget v2, p1, Landroid/os/Message;->what:I
    if-ne v2, v1, :screen
    invoke-virtual {v0}, Landroid/app/Activity;->finish()V
    return v1

    :screen
    iget v2, p1, Landroid/os/Message;->arg1:I
    if-ne v2, v1, :off
    invoke-virtual {v0}, Landroid/app/Activity;->getWindow()Landroid/view/Window;
    move-result-object v0
    const/16 v2, 128
    invoke-virtual {v0, v2}, Landroid/view/Window;->addFlags(I)V
    return v1

    :off
    invoke-virtual {v0}, Landroid/app/Activity;->getWindow()Landroid/view/Window;
    move-result-object v0
    const/16 v2, 128
    invoke-virtual {v0, v2}, Landroid/view/Window;->clearFlags(I)V
    return v1
.end method
