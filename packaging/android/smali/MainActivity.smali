.class public final Lcn/fieldclassroom/tv/MainActivity;
.super Landroid/app/Activity;
.source "MainActivity.java"

.implements Landroid/webkit/ValueCallback;

.annotation system Ldalvik/annotation/Signature;
    value = {
        "Landroid/app/Activity;",
        "Landroid/webkit/ValueCallback<",
        "Ljava/lang/String;",
        ">;"
    }
.end annotation

.field private player:Lcn/fieldclassroom/tv/NativePlayer;

.field private web:Landroid/webkit/WebView;

.method public constructor <init>()V
    .locals 0

    invoke-direct {p0}, Landroid/app/Activity;-><init>()V

    return-void
.end method

.method protected onCreate(Landroid/os/Bundle;)V
    .locals 5

    invoke-super {p0, p1}, Landroid/app/Activity;->onCreate(Landroid/os/Bundle;)V

    new-instance v0, Landroid/webkit/WebView;
    invoke-direct {v0, p0}, Landroid/webkit/WebView;-><init>(Landroid/content/Context;)V
    iput-object v0, p0, Lcn/fieldclassroom/tv/MainActivity;->web:Landroid/webkit/WebView;

    new-instance v1, Landroid/view/SurfaceView;
    invoke-direct {v1, p0}, Landroid/view/SurfaceView;-><init>(Landroid/content/Context;)V

    new-instance v2, Lcn/fieldclassroom/tv/NativePlayer;
    invoke-direct {v2, v1, v0}, Lcn/fieldclassroom/tv/NativePlayer;-><init>(Landroid/view/SurfaceView;Landroid/webkit/WebView;)V
    iput-object v2, p0, Lcn/fieldclassroom/tv/MainActivity;->player:Lcn/fieldclassroom/tv/NativePlayer;

    new-instance v2, Landroid/widget/FrameLayout;
    invoke-direct {v2, p0}, Landroid/widget/FrameLayout;-><init>(Landroid/content/Context;)V
    const/high16 v3, -0x1000000
    invoke-virtual {v2, v3}, Landroid/widget/FrameLayout;->setBackgroundColor(I)V
    const/4 v3, -0x1
    invoke-virtual {v2, v1, v3, v3}, Landroid/widget/FrameLayout;->addView(Landroid/view/View;II)V
    invoke-virtual {v2, v0, v3, v3}, Landroid/widget/FrameLayout;->addView(Landroid/view/View;II)V
    invoke-virtual {p0, v2}, Lcn/fieldclassroom/tv/MainActivity;->setContentView(Landroid/view/View;)V

    new-instance v2, Lcn/fieldclassroom/tv/Page;
    invoke-virtual {p0}, Lcn/fieldclassroom/tv/MainActivity;->getAssets()Landroid/content/res/AssetManager;
    move-result-object v3
    invoke-direct {v2, v3}, Lcn/fieldclassroom/tv/Page;-><init>(Landroid/content/res/AssetManager;)V
    invoke-direct {p0, v2}, Lcn/fieldclassroom/tv/MainActivity;->openTo(Lcn/fieldclassroom/tv/Page;)V
    invoke-virtual {v2}, Lcn/fieldclassroom/tv/Page;->address()Ljava/lang/String;
    move-result-object v3
    invoke-virtual {v0, v3}, Landroid/webkit/WebView;->loadUrl(Ljava/lang/String;)V
    invoke-virtual {v0}, Landroid/webkit/WebView;->requestFocus()Z

    return-void
.end method

.method private openTo(Lcn/fieldclassroom/tv/Page;)V
    .locals 4

    iget-object v0, p0, Lcn/fieldclassroom/tv/MainActivity;->web:Landroid/webkit/WebView;
    const/4 v1, 0x0
    const/4 v2, 0x1

    invoke-virtual {v0}, Landroid/webkit/WebView;->getSettings()Landroid/webkit/WebSettings;
    move-result-object v3
    invoke-virtual {v3, v2}, Landroid/webkit/WebSettings;->setJavaScriptEnabled(Z)V
    invoke-virtual {v3, v2}, Landroid/webkit/WebSettings;->setDomStorageEnabled(Z)V
    invoke-virtual {v3, v2}, Landroid/webkit/WebSettings;->setDatabaseEnabled(Z)V
    invoke-virtual {v3, v1}, Landroid/webkit/WebSettings;->setMediaPlaybackRequiresUserGesture(Z)V
    invoke-virtual {v3, v1}, Landroid/webkit/WebSettings;->setAllowFileAccess(Z)V
    invoke-virtual {v3, v2}, Landroid/webkit/WebSettings;->setUseWideViewPort(Z)V
    invoke-virtual {v3, v2}, Landroid/webkit/WebSettings;->setLoadWithOverviewMode(Z)V

    invoke-virtual {v0, v1}, Landroid/webkit/WebView;->setBackgroundColor(I)V
    invoke-virtual {v0, p1}, Landroid/webkit/WebView;->setWebViewClient(Landroid/webkit/WebViewClient;)V
    iget-object v1, p0, Lcn/fieldclassroom/tv/MainActivity;->player:Lcn/fieldclassroom/tv/NativePlayer;
    const-string v2, "NativePlayer"
    invoke-virtual {v0, v1, v2}, Landroid/webkit/WebView;->addJavascriptInterface(Ljava/lang/Object;Ljava/lang/String;)V
    new-instance v1, Lcn/fieldclassroom/tv/NativeHost;
    invoke-direct {v1, p0}, Lcn/fieldclassroom/tv/NativeHost;-><init>(Landroid/app/Activity;)V
    const-string v2, "NativeHost"
    invoke-virtual {v0, v1, v2}, Landroid/webkit/WebView;->addJavascriptInterface(Ljava/lang/Object;Ljava/lang/String;)V

    return-void
.end method

.method public onWindowFocusChanged(Z)V
    .locals 2

    invoke-super {p0, p1}, Landroid/app/Activity;->onWindowFocusChanged(Z)V
    if-eqz p1, :done

    iget-object v0, p0, Lcn/fieldclassroom/tv/MainActivity;->web:Landroid/webkit/WebView;
    const/16 v1, 0x1706
    invoke-virtual {v0, v1}, Landroid/webkit/WebView;->setSystemUiVisibility(I)V

    :done
    return-void
.end method

.method protected onResume()V
    .locals 1

    invoke-super {p0}, Landroid/app/Activity;->onResume()V
    iget-object v0, p0, Lcn/fieldclassroom/tv/MainActivity;->web:Landroid/webkit/WebView;
    invoke-virtual {v0}, Landroid/webkit/WebView;->onResume()V
    iget-object v0, p0, Lcn/fieldclassroom/tv/MainActivity;->player:Lcn/fieldclassroom/tv/NativePlayer;
    invoke-virtual {v0}, Lcn/fieldclassroom/tv/NativePlayer;->comeBack()V

    return-void
.end method

.method protected onPause()V
    .locals 1

    iget-object v0, p0, Lcn/fieldclassroom/tv/MainActivity;->player:Lcn/fieldclassroom/tv/NativePlayer;
    invoke-virtual {v0}, Lcn/fieldclassroom/tv/NativePlayer;->goAway()V
    iget-object v0, p0, Lcn/fieldclassroom/tv/MainActivity;->web:Landroid/webkit/WebView;
    invoke-virtual {v0}, Landroid/webkit/WebView;->onPause()V
    invoke-super {p0}, Landroid/app/Activity;->onPause()V

    return-void
.end method

.method protected onDestroy()V
    .locals 2

    iget-object v0, p0, Lcn/fieldclassroom/tv/MainActivity;->player:Lcn/fieldclassroom/tv/NativePlayer;
    invoke-virtual {v0}, Lcn/fieldclassroom/tv/NativePlayer;->destroy()V

    iget-object v0, p0, Lcn/fieldclassroom/tv/MainActivity;->web:Landroid/webkit/WebView;
    invoke-virtual {v0}, Landroid/webkit/WebView;->getParent()Landroid/view/ViewParent;
    move-result-object v1
    check-cast v1, Landroid/view/ViewGroup;
    invoke-virtual {v1, v0}, Landroid/view/ViewGroup;->removeView(Landroid/view/View;)V
    invoke-virtual {v0}, Landroid/webkit/WebView;->destroy()V
    invoke-super {p0}, Landroid/app/Activity;->onDestroy()V

    return-void
.end method

.method public dispatchKeyEvent(Landroid/view/KeyEvent;)Z
    .locals 5

    invoke-virtual {p1}, Landroid/view/KeyEvent;->getKeyCode()I
    move-result v0
    invoke-static {v0}, Lcn/fieldclassroom/tv/Keys;->codeOf(I)I
    move-result v0
    if-nez v0, :ours

    invoke-static {p1}, Lcn/fieldclassroom/tv/Keys;->known(Landroid/view/KeyEvent;)Landroid/view/KeyEvent;
    move-result-object v0
    invoke-super {p0, v0}, Landroid/app/Activity;->dispatchKeyEvent(Landroid/view/KeyEvent;)Z
    move-result v0
    return v0

    :ours
    invoke-virtual {p1}, Landroid/view/KeyEvent;->getAction()I
    move-result v1
    const/4 v2, 0x1
    if-ne v1, v2, :down

    new-instance v1, Ljava/lang/StringBuilder;
    invoke-direct {v1}, Ljava/lang/StringBuilder;-><init>()V
    invoke-virtual {v1, v0}, Ljava/lang/StringBuilder;->append(I)Ljava/lang/StringBuilder;
    move-result-object v1
    const-string v2, ",true"
    invoke-virtual {v1, v2}, Ljava/lang/StringBuilder;->append(Ljava/lang/String;)Ljava/lang/StringBuilder;
    move-result-object v1
    invoke-virtual {v1}, Ljava/lang/StringBuilder;->toString()Ljava/lang/String;
    move-result-object v1
    goto :key

    :down
    invoke-static {v0}, Ljava/lang/String;->valueOf(I)Ljava/lang/String;
    move-result-object v1

    :key
    invoke-virtual {p1}, Landroid/view/KeyEvent;->getKeyCode()I
    move-result v2
    const/4 v3, 0x4
    const/4 v0, 0x0
    if-ne v2, v3, :send
    move-object v0, p0

    :send
    iget-object v2, p0, Lcn/fieldclassroom/tv/MainActivity;->web:Landroid/webkit/WebView;
    new-instance v3, Ljava/lang/StringBuilder;
    invoke-direct {v3}, Ljava/lang/StringBuilder;-><init>()V
    const-string v4, "window.__nativeKey?(__nativeKey("
    invoke-virtual {v3, v4}, Ljava/lang/StringBuilder;->append(Ljava/lang/String;)Ljava/lang/StringBuilder;
    move-result-object v3
    invoke-virtual {v3, v1}, Ljava/lang/StringBuilder;->append(Ljava/lang/String;)Ljava/lang/StringBuilder;
    move-result-object v3
    const-string v4, "),1):0"
    invoke-virtual {v3, v4}, Ljava/lang/StringBuilder;->append(Ljava/lang/String;)Ljava/lang/StringBuilder;
    move-result-object v3
    invoke-virtual {v3}, Ljava/lang/StringBuilder;->toString()Ljava/lang/String;
    move-result-object v3
    invoke-virtual {v2, v3, v0}, Landroid/webkit/WebView;->evaluateJavascript(Ljava/lang/String;Landroid/webkit/ValueCallback;)V

    const/4 v0, 0x1
    return v0
.end method

.method public onReceiveValue(Ljava/lang/String;)V
    .locals 1

    const-string v0, "1"
    invoke-virtual {v0, p1}, Ljava/lang/String;->equals(Ljava/lang/Object;)Z
    move-result v0
    if-nez v0, :done
    invoke-virtual {p0}, Lcn/fieldclassroom/tv/MainActivity;->finish()V

    :done
    return-void
.end method

# The compiler's own for the generic interface.
.method public bridge synthetic onReceiveValue(Ljava/lang/Object;)V
    .locals 0

    check-cast p1, Ljava/lang/String;
    invoke-virtual {p0, p1}, Lcn/fieldclassroom/tv/MainActivity;->onReceiveValue(Ljava/lang/String;)V

    return-void
.end method
