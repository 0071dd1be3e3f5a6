.class final Lcn/fieldclassroom/tv/Page;
.super Landroid/webkit/WebViewClient;
.source "Page.java"

.field private final assets:Landroid/content/res/AssetManager;

.field private final base:Ljava/lang/String;

.method constructor <init>(Landroid/content/res/AssetManager;)V
    .locals 4

    invoke-direct {p0}, Landroid/webkit/WebViewClient;-><init>()V
    iput-object p1, p0, Lcn/fieldclassroom/tv/Page;->assets:Landroid/content/res/AssetManager;

    :try_start
    new-instance v0, Ljava/util/Scanner;
    const-string v1, "app/settings.json"
    invoke-virtual {p1, v1}, Landroid/content/res/AssetManager;->open(Ljava/lang/String;)Ljava/io/InputStream;
    move-result-object v1
    const-string v2, "UTF-8"
    invoke-direct {v0, v1, v2}, Ljava/util/Scanner;-><init>(Ljava/io/InputStream;Ljava/lang/String;)V
    const-string v1, "\\A"
    invoke-virtual {v0, v1}, Ljava/util/Scanner;->useDelimiter(Ljava/lang/String;)Ljava/util/Scanner;
    move-result-object v0
    invoke-virtual {v0}, Ljava/util/Scanner;->next()Ljava/lang/String;
    move-result-object v0

    new-instance v1, Ljava/lang/StringBuilder;
    invoke-direct {v1}, Ljava/lang/StringBuilder;-><init>()V
    new-instance v2, Lorg/json/JSONObject;
    invoke-direct {v2, v0}, Lorg/json/JSONObject;-><init>(Ljava/lang/String;)V
    const-string v3, "device"
    invoke-virtual {v2, v3}, Lorg/json/JSONObject;->getJSONObject(Ljava/lang/String;)Lorg/json/JSONObject;
    move-result-object v2
    const-string v3, "service"
    invoke-virtual {v2, v3}, Lorg/json/JSONObject;->getString(Ljava/lang/String;)Ljava/lang/String;
    move-result-object v2
    invoke-virtual {v1, v2}, Ljava/lang/StringBuilder;->append(Ljava/lang/String;)Ljava/lang/StringBuilder;
    move-result-object v1
    const-string v2, "/"
    invoke-virtual {v1, v2}, Ljava/lang/StringBuilder;->append(Ljava/lang/String;)Ljava/lang/StringBuilder;
    move-result-object v1
    invoke-virtual {v1}, Ljava/lang/StringBuilder;->toString()Ljava/lang/String;
    move-result-object v1
    iput-object v1, p0, Lcn/fieldclassroom/tv/Page;->base:Ljava/lang/String;
    :try_end
    .catch Ljava/io/IOException; {:try_start .. :try_end} :caught
    .catch Lorg/json/JSONException; {:try_start .. :try_end} :caught

    return-void

    :caught
    move-exception v0
    new-instance v1, Ljava/lang/IllegalStateException;
    invoke-direct {v1, v0}, Ljava/lang/IllegalStateException;-><init>(Ljava/lang/Throwable;)V
    throw v1
.end method

.method address()Ljava/lang/String;
    .locals 1

    iget-object v0, p0, Lcn/fieldclassroom/tv/Page;->base:Ljava/lang/String;
    return-object v0
.end method

.method public shouldInterceptRequest(Landroid/webkit/WebView;Ljava/lang/String;)Landroid/webkit/WebResourceResponse;
    .locals 6

    iget-object v0, p0, Lcn/fieldclassroom/tv/Page;->base:Ljava/lang/String;
    invoke-virtual {p2, v0}, Ljava/lang/String;->startsWith(Ljava/lang/String;)Z
    move-result v1
    if-nez v1, :ours
    const/4 v0, 0x0
    return-object v0

    :ours
    invoke-virtual {v0}, Ljava/lang/String;->length()I
    move-result v0
    invoke-virtual {p2, v0}, Ljava/lang/String;->substring(I)Ljava/lang/String;
    move-result-object v0
    const-string v1, "[?#]"
    const/4 v2, 0x2
    invoke-virtual {v0, v1, v2}, Ljava/lang/String;->split(Ljava/lang/String;I)[Ljava/lang/String;
    move-result-object v0
    const/4 v1, 0x0
    aget-object v0, v0, v1

    invoke-virtual {v0}, Ljava/lang/String;->isEmpty()Z
    move-result v1
    if-eqz v1, :named
    const-string v0, "index.html"

    :named
    :try_start
    new-instance v1, Landroid/webkit/WebResourceResponse;
    invoke-static {v0}, Lcn/fieldclassroom/tv/Page;->typeOf(Ljava/lang/String;)Ljava/lang/String;
    move-result-object v2
    const-string v3, "utf-8"
    iget-object v4, p0, Lcn/fieldclassroom/tv/Page;->assets:Landroid/content/res/AssetManager;
    new-instance v5, Ljava/lang/StringBuilder;
    invoke-direct {v5}, Ljava/lang/StringBuilder;-><init>()V
    const-string p1, "app/"
    invoke-virtual {v5, p1}, Ljava/lang/StringBuilder;->append(Ljava/lang/String;)Ljava/lang/StringBuilder;
    move-result-object v5
    invoke-virtual {v5, v0}, Ljava/lang/StringBuilder;->append(Ljava/lang/String;)Ljava/lang/StringBuilder;
    move-result-object v5
    invoke-virtual {v5}, Ljava/lang/StringBuilder;->toString()Ljava/lang/String;
    move-result-object v5
    invoke-virtual {v4, v5}, Landroid/content/res/AssetManager;->open(Ljava/lang/String;)Ljava/io/InputStream;
    move-result-object v4
    invoke-direct {v1, v2, v3, v4}, Landroid/webkit/WebResourceResponse;-><init>(Ljava/lang/String;Ljava/lang/String;Ljava/io/InputStream;)V
    :try_end
    .catch Ljava/io/IOException; {:try_start .. :try_end} :caught
    return-object v1

    :caught
    move-exception v0
    const/4 v0, 0x0
    return-object v0
.end method

.method public shouldOverrideUrlLoading(Landroid/webkit/WebView;Ljava/lang/String;)Z
    .locals 1

    iget-object v0, p0, Lcn/fieldclassroom/tv/Page;->base:Ljava/lang/String;
    invoke-virtual {p2, v0}, Ljava/lang/String;->startsWith(Ljava/lang/String;)Z
    move-result v0
    xor-int/lit8 v0, v0, 0x1
    return v0
.end method

.method private static typeOf(Ljava/lang/String;)Ljava/lang/String;
    .locals 2

    const-string v0, ".html"
    invoke-virtual {p0, v0}, Ljava/lang/String;->endsWith(Ljava/lang/String;)Z
    move-result v0
    if-eqz v0, :script
    const-string v1, "text/html"
    return-object v1

    :script
    const-string v0, ".js"
    invoke-virtual {p0, v0}, Ljava/lang/String;->endsWith(Ljava/lang/String;)Z
    move-result v0
    if-eqz v0, :data
    const-string v1, "application/javascript"
    return-object v1

    :data
    const-string v0, ".json"
    invoke-virtual {p0, v0}, Ljava/lang/String;->endsWith(Ljava/lang/String;)Z
    move-result v0
    if-eqz v0, :font
    const-string v1, "application/json"
    return-object v1

    :font
    const-string v0, ".woff2"
    invoke-virtual {p0, v0}, Ljava/lang/String;->endsWith(Ljava/lang/String;)Z
    move-result v0
    if-eqz v0, :other
    const-string v1, "font/woff2"
    return-object v1

    :other
    const-string v1, "text/plain"
    return-object v1
.end method
